package io.agentcraft.client.internal.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of one client, never on the loop or a reader thread, and counts the completions that are still to
 * run: closing ends only when there are none.
 */
final class Completions implements Executor {

  private final Executor pool;
  private final OwnThreads threads;
  // Guarded by this.
  private int unfinished;
  private @Nullable Runnable onIdle;

  /**
   * Creates completions.
   *
   * @param pool runs them
   * @param threads those on which they run
   */
  Completions(Executor pool, OwnThreads threads) {
    this.pool = pool;
    this.threads = threads;
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

  private void run(Runnable completion) {
    try {
      threads.run(completion);
    } finally {
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
