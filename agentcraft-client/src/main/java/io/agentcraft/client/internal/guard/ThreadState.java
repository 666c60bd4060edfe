package io.agentcraft.client.internal.guard;

import org.jspecify.annotations.Nullable;

/**
 * What user code can leave on the thread that calls it, and what the next caller of that thread would find: an interrupt, and
 * another context class loader.
 */
public final class ThreadState {

  private final Thread thread = Thread.currentThread();
  private final @Nullable ClassLoader loader = thread.getContextClassLoader();
  private final boolean interrupted = thread.isInterrupted();

  private ThreadState() {}

  /** Saves the state of the calling thread, to be restored when user code has run on it. */
  public static ThreadState save() {
    return new ThreadState();
  }

  /** Returns a task that leaves nothing on the thread that runs it. */
  public static Runnable restoring(Runnable task) {
    return () -> {
      ThreadState before = save();
      try {
        task.run();
      } finally {
        before.restore();
      }
    };
  }

  /**
   * Restores the context class loader, and clears an interrupt that came meanwhile.
   *
   * @return whether there was one, for callers whose thread somebody else may have interrupted
   */
  public boolean restore() {
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    return !interrupted && Thread.interrupted();
  }
}
