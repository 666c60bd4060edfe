package io.agentcraft.client.internal.inbound;

import org.jspecify.annotations.Nullable;

/** Runs several callbacks although some throw, and throws at the end. Confined. */
public final class Failures {

  private @Nullable RuntimeException first;

  /** Creates one with no failure. */
  public Failures() {}

  /**
   * Runs a callback and keeps what it throws. An {@code Error} is not kept: it ends everything.
   *
   * @param callback the callback
   */
  public void guard(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException thrown) {
      if (first == null) {
        first = thrown;
      } else if (first != thrown) {
        first.addSuppressed(thrown);
      }
    }
  }

  /**
   * Throws the first exception that was kept, the others suppressed in it; does nothing if there is none.
   *
   * @throws RuntimeException what was kept
   */
  public void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
