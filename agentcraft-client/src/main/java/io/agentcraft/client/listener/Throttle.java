package io.agentcraft.client.listener;

import java.time.Duration;

/**
 * How many status updates a second a listener wants of one agent. Between two of them the latest wins; the last one
 * always comes.
 *
 * <p>Updates of one agent are spaced evenly, {@link #spacing()} apart, so that no second has more than N. The first
 * update after a pause passes at once. A final status ({@code COMPLETED}, {@code ERROR}) waits like any other, at most
 * one spacing, and is passed over if the agent goes on to something else within it.
 *
 * @param updatesPerSecond N, 1 to 1,000
 */
public record Throttle(int updatesPerSecond) {

  private static final int MOST = 1_000;

  /**
   * Checks the number.
   *
   * @param updatesPerSecond N, 1 to 1,000
   * @throws IllegalArgumentException outside 1 to 1,000
   */
  public Throttle {
    if (updatesPerSecond < 1 || updatesPerSecond > MOST) {
      throw new IllegalArgumentException("A throttle passes 1 to "
          + MOST
          + " updates a second of each agent, but was asked for "
          + updatesPerSecond
          + ". To hear every update, listen without a throttle.");
    }
  }

  /**
   * Passes on at most some updates a second of each agent.
   *
   * @param updates 1 to 1,000
   * @return the throttle
   * @throws IllegalArgumentException outside 1 to 1,000
   */
  public static Throttle perSecond(int updates) {
    return new Throttle(updates);
  }

  /**
   * Returns what the protocol's document recommends: 10 updates a second.
   *
   * @return the throttle
   */
  public static Throttle defaults() {
    return new Throttle(10);
  }

  /**
   * Returns the least time between two updates of one agent.
   *
   * @return one second divided by the number of updates, rounded up to the nanosecond
   */
  public Duration spacing() {
    long second = Duration.ofSeconds(1).toNanos();
    return Duration.ofNanos((second + updatesPerSecond - 1) / updatesPerSecond);
  }
}
