package io.agentcraft.client.internal.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of one client, never on the loop or a reader thread, and counts the completions that are still to
 * run: closing ends only when there are none.
 */
final class Completions implements Executor {

  private final Executor pool;
  private final Set<Thread> runners = ConcurrentHashMap.newKeySet();
  // Guarded by this.
  private int unfinished;
  private @Nullable Runnable onIdle;

  Completions(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable completion) {
    synchronized (this) {
      unfinished++;
    }
    try {
      pool.execute(() -> run(completion));
    } catch (RejectedExecutionException closedMeanwhile) {
      // A future that nobody completes is worse than one completed on this thread.
      run(completion);
    }
  }

  /** Runs a task as soon as no completion is left, on the thread of the last one; now if there is none. */
  void whenIdle(Runnable task) {
    synchronized (this) {
      if (unfinished > 0) {
        onIdle = task;
        return;
      }
    }
    task.run();
  }

  /** Returns whether the calling thread runs one of these completions: waiting for all of them would wait for itself. */
  boolean isRunner() {
    return runners.contains(Thread.currentThread());
  }

  private void run(Runnable completion) {
    boolean outermost = runners.add(Thread.currentThread());
    try {
      completion.run();
    } finally {
      if (outermost) {
        runners.remove(Thread.currentThread());
      }
      finished();
    }
  }

  private void finished() {
    Runnable task = null;
    synchronized (this) {
      if (--unfinished == 0) {
        task = onIdle;
        onIdle = null;
      }
    }
    if (task != null) {
      task.run();
    }
  }
}
