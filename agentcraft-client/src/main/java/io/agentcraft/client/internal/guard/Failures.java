package io.agentcraft.client.internal.guard;

import org.jspecify.annotations.Nullable;

/**
 * Runs several callbacks although some throw, and throws at the end. What one leaves on the thread, the next does not find.
 * Confined.
 */
public final class Failures {

  private @Nullable RuntimeException first;
  private boolean interrupted;

  /** Creates one with no failure. */
  public Failures() {}

  /**
   * Runs a callback and keeps what it throws. An {@code Error} is not kept: it ends everything.
   *
   * @param callback the callback
   */
  public void guard(Runnable callback) {
    ThreadState before = ThreadState.save();
    try {
      callback.run();
    } catch (RuntimeException thrown) {
      if (first == null) {
        first = thrown;
      } else if (first != thrown) {
        first.addSuppressed(thrown);
      }
    } finally {
      interrupted |= before.restore();
    }
  }

  /**
   * Throws the first exception that was kept, the others suppressed in it; does nothing if there is none. If the thread was
   * interrupted meanwhile, it is again.
   *
   * @throws RuntimeException what was kept
   */
  public void rethrow() {
    if (interrupted) {
      // Whoever runs the callbacks knows what it means.
      Thread.currentThread().interrupt();
    }
    if (first != null) {
      throw first;
    }
  }
}
