package io.agentcraft.client.internal.client;

import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.guard.ThreadState;
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
 * Runs completions of futures on a few threads. What depends on one future may wait for another, or block for long, so the
 * pool grows while tasks stay queued: every {@link #STALL} by as many threads as it has, but not by more than tasks that have
 * waited that long.
 */
final class CompletionPool implements Executor {

  static final int THREADS = 4;
  static final Duration STALL = Duration.ofMillis(20);

  private static final Logger LOG = LoggerFactory.getLogger(CompletionPool.class);

  private final Executor threads;
  private final Scheduler scheduler;

  // Guarded by this.
  private final Queue<Queued> queue = new ArrayDeque<>();
  private int workers;
  private boolean watched;

  private record Queued(Runnable task, long since) {}

  /**
   * Creates a pool without threads.
   *
   * @param threads gives each task a thread of its own
   * @param scheduler schedules the check for a stall
   */
  CompletionPool(Executor threads, Scheduler scheduler) {
    this.threads = threads;
    this.scheduler = scheduler;
  }

  @Override
  public void execute(Runnable task) {
    boolean grows;
    synchronized (this) {
      queue.add(new Queued(task, scheduler.nanoTime()));
      grows = workers < THREADS || !watch();
      if (grows) {
        workers++;
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
        left = queue.removeIf(queued -> queued.task() == task);
      }
      if (left) {
        throw closed;
      }
    }
  }

  private void work() {
    for (Runnable task = take(); task != null; task = take()) {
      ThreadState before = ThreadState.save();
      try {
        task.run();
      } catch (Throwable bug) {
        LOG.error(
            "A future could not be completed. This is a bug in the AgentCraft client.",
            LogText.loggable(bug));
      } finally {
        before.restore();
      }
    }
  }

  private synchronized @Nullable Runnable take() {
    Queued next = queue.poll();
    if (next == null) {
      workers--;
      return null;
    }
    return next.task();
  }

  /** Has the pool looked at after a moment; returns {@code false} if nobody will, because the last client is closed. */
  private boolean watch() {
    if (!watched) {
      try {
        scheduler.schedule(STALL, this::growIfStalled);
      } catch (RejectedExecutionException closed) {
        return false;
      }
      watched = true;
    }
    return true;
  }

  private void growIfStalled() {
    int missing;
    synchronized (this) {
      watched = false;
      long now = scheduler.nanoTime();
      long stalled = queue.stream()
          .takeWhile(queued -> now - queued.since() >= STALL.toNanos())
          .limit(Math.max(workers, 1))
          .count();
      missing = queue.isEmpty() || !watch() ? 0 : (int) stalled;
      workers += missing;
    }
    for (int i = 0; i < missing; i++) {
      try {
        threads.execute(this::work);
      } catch (RejectedExecutionException closed) {
        // Whoever closed the pool has started workers for all that was queued.
        LOG.debug("The pool does not grow: it is closed.", closed);
        return;
      }
    }
  }
}
