package io.agentcraft.testing;

/**
 * How fast a recording is replayed.
 *
 * @param factor how many times as fast as recorded; infinity for as fast as the slowest client reads
 */
public record ReplaySpeed(double factor) {

  /** As fast as recorded. */
  public static final ReplaySpeed REAL_TIME = new ReplaySpeed(1);

  /** As fast as the slowest client reads: no more than about 1 MiB is queued for it. */
  public static final ReplaySpeed UNLIMITED = new ReplaySpeed(Double.POSITIVE_INFINITY);

  /**
   * Checks the factor.
   *
   * @param factor how many times as fast as recorded
   * @throws IllegalArgumentException if it is not more than zero
   */
  public ReplaySpeed {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("The speed was " + factor
          + ". Use a number above zero: 1 for as recorded, 10 for ten times as fast.");
    }
  }

  /**
   * Returns a speed.
   *
   * @param factor how many times as fast as recorded, more than zero
   * @return the speed
   */
  public static ReplaySpeed times(double factor) {
    return new ReplaySpeed(factor);
  }
}
