package io.agentcraft.client.listener;

import java.time.Duration;

/**
 * Limits the status updates of each agent that a listener receives. Updates that arrive in between are conflated: the latest
 * replaces the others and is always delivered.
 *
 * <p>The updates of an agent are spaced evenly, at least {@link #spacing()} apart. The first update after a pause is
 * delivered at once. A final status ({@code COMPLETED}, {@code ERROR}) is delayed like any other, by at most one spacing, and
 * is skipped if the agent enters another status in the meantime. When the updates that are held back have more than 16 million
 * characters, the oldest are delivered early.
 *
 * @param updatesPerSecond the maximum number of updates per second and agent, from 1 to 1,000
 */
public record Throttle(int updatesPerSecond) {

  private static final int MAX_UPDATES = 1_000;

  /**
   * Creates a throttle.
   *
   * @param updatesPerSecond the maximum number of updates per second and agent, from 1 to 1,000
   * @throws IllegalArgumentException if the number is out of range
   */
  public Throttle {
    if (updatesPerSecond < 1 || updatesPerSecond > MAX_UPDATES) {
      throw new IllegalArgumentException("A throttle must allow 1 to "
          + MAX_UPDATES
          + " updates per second and agent, but was asked for "
          + updatesPerSecond
          + ". To receive every update, listen without a throttle.");
    }
  }

  /**
   * Returns a throttle that delivers a maximum number of updates per second and agent.
   *
   * @param updates the number, from 1 to 1,000
   * @return the throttle
   * @throws IllegalArgumentException if the number is out of range
   */
  public static Throttle perSecond(int updates) {
    return new Throttle(updates);
  }

  /**
   * Returns the throttle that the protocol recommends: 10 updates per second and agent.
   *
   * @return the throttle
   */
  public static Throttle defaults() {
    return new Throttle(10);
  }

  /**
   * Returns the minimum time between two updates of an agent.
   *
   * @return one second divided by the number of updates, rounded up to the nanosecond
   */
  public Duration spacing() {
    long second = Duration.ofSeconds(1).toNanos();
    return Duration.ofNanos((second + updatesPerSecond - 1) / updatesPerSecond);
  }
}
