package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.FrameRateLimiter.Share;

/**
 * Spreads what is not kept over the minute: a few updates at once, then one at a time, so that an agent that speaks seldom
 * does not find the budget used up by one that speaks always. Confined to the loop.
 */
final class StatusPace {

  private static final int PART_AT_ONCE = 8;

  private final int burst;
  private final long interval;
  private boolean used;
  /** When the whole burst would be free again: a token bucket, told by time. */
  private long fullAt;

  /**
   * Makes a pace.
   *
   * @param burst how many updates may go at once after a pause
   * @param interval nanoseconds between two updates in the long run; 0 for no pace
   */
  StatusPace(int burst, long interval) {
    this.burst = burst;
    this.interval = interval;
  }

  /** Returns the pace that never asks for more than the share of status updates: burst and spread ones together. */
  static StatusPace within(FrameRateLimiter budget) {
    if (budget.isUnlimited()) {
      return new StatusPace(1, 0);
    }
    int limit = budget.limit(Share.STATUS);
    int burst = Math.max(1, limit / PART_AT_ONCE);
    return new StatusPace(burst, FrameRateLimiter.WINDOW / Math.max(1, limit - burst));
  }

  /** Returns in how many nanoseconds an update may go; 0 for now. */
  long waitFor(long now) {
    if (interval == 0 || !used) {
      return 0;
    }
    return Math.max(0, fullAt - now - interval * (burst - 1));
  }

  void taken(long now) {
    boolean stillFilling = used && fullAt - now > 0;
    fullAt = (stillFilling ? fullAt : now) + interval;
    used = true;
  }
}
