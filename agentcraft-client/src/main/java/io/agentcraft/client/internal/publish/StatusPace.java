package io.agentcraft.client.internal.publish;

/**
 * Spreads what is not kept over the minute: a few updates at once, then one at a time, so that an agent that speaks seldom
 * does not find the budget used up by one that speaks always. Confined to the loop.
 */
final class StatusPace {

  private static final int BURST = 10;

  private final long interval;
  /** When the whole burst would be free again: a token bucket, told by time. */
  private long fullAt;

  private boolean used;

  /**
   * Makes a pace.
   *
   * @param interval nanoseconds between two updates in the long run; 0 for no pace
   */
  StatusPace(long interval) {
    this.interval = interval;
  }

  /** Returns in how many nanoseconds an update may go; 0 for now. */
  long waitFor(long now) {
    if (interval == 0 || !used) {
      return 0;
    }
    return Math.max(0, fullAt - now - interval * (BURST - 1));
  }

  void taken(long now) {
    boolean stillFilling = used && fullAt - now > 0;
    fullAt = (stillFilling ? fullAt : now) + interval;
    used = true;
  }
}
