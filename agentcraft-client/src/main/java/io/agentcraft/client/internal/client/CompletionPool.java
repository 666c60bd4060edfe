package io.agentcraft.client.internal.client;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions of futures on a few threads. What depends on one future may wait for another, so the pool grows, by a
 * thread at a time, while tasks are queued and none of its threads takes one.
 */
final class CompletionPool implements Executor {

  static final int THREADS = 4;
  static final Duration STALL = Duration.ofMillis(20);

  private static final Logger LOG = LoggerFactory.getLogger(CompletionPool.class);

  private final Executor threads;
  private final Scheduler scheduler;

  // Guarded by this.
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int workers;
  private long taken;
  private boolean watched;

  /**
   * Creates a pool without threads.
   *
   * @param threads gives each task a thread of its own
   * @param scheduler tells when the pool has stalled
   */
  CompletionPool(Executor threads, Scheduler scheduler) {
    this.threads = threads;
    this.scheduler = scheduler;
  }

  @Override
  public void execute(Runnable task) {
    boolean grows;
    synchronized (this) {
      queue.add(task);
      grows = workers < THREADS;
      if (grows) {
        workers++;
      } else {
        watch();
      }
    }
    if (grows) {
      startWorker(task);
    }
  }

  /** Gives each task that is still queued a thread: from now on nothing notices a stall. */
  void close() {
    int missing;
    synchronized (this) {
      missing = queue.size();
      workers += missing;
    }
    for (int i = 0; i < missing; i++) {
      threads.execute(this::work);
    }
  }

  private void startWorker(Runnable task) {
    try {
      threads.execute(this::work);
    } catch (RejectedExecutionException closed) {
      boolean left;
      synchronized (this) {
        workers--;
        left = queue.remove(task);
      }
      if (left) {
        throw closed;
      }
    }
  }

  private void work() {
    for (Runnable task = take(); task != null; task = take()) {
      try {
        task.run();
      } catch (Throwable bug) {
        LOG.error("A future could not be completed. This is a bug in the AgentCraft client.", bug);
      }
    }
  }

  private synchronized @Nullable Runnable take() {
    Runnable task = queue.poll();
    if (task == null) {
      workers--;
    } else {
      taken++;
    }
    return task;
  }

  private void watch() {
    if (!watched) {
      watched = true;
      long before = taken;
      scheduler.schedule(STALL, () -> growIfStalled(before));
    }
  }

  private void growIfStalled(long before) {
    boolean grows;
    synchronized (this) {
      watched = false;
      if (queue.isEmpty()) {
        return;
      }
      grows = taken == before;
      if (grows) {
        workers++;
      }
      watch();
    }
    if (grows) {
      try {
        threads.execute(this::work);
      } catch (RejectedExecutionException closed) {
        // Whoever closed the pool has started workers for all that was queued.
        LOG.debug("The pool does not grow: it is closed.", closed);
      }
    }
  }
}
