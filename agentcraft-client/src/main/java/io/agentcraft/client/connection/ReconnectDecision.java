package io.agentcraft.client.connection;

import java.time.Duration;
import java.util.Objects;

/** What a {@link ReconnectPolicy} decided. */
public sealed interface ReconnectDecision {

  /**
   * Try again.
   *
   * @param delay the wait before the attempt; zero to a year
   */
  record RetryAfter(Duration delay) implements ReconnectDecision {

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Checks that the delay is neither negative nor longer than a year.
     *
     * @param delay the wait before the attempt; zero to a year
     * @throws IllegalArgumentException outside zero to a year
     */
    public RetryAfter {
      if (Objects.requireNonNull(delay, "delay").isNegative() || delay.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "A wait is between zero and a year, but this one is " + delay + ".");
      }
    }
  }

  /**
   * Give up.
   *
   * @param reason why, for the error's message
   */
  record GiveUp(String reason) implements ReconnectDecision {
    /**
     * Checks that the reason is not {@code null}.
     *
     * @param reason why, for the error's message
     */
    public GiveUp {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Try again after a wait.
   *
   * @param delay the wait; zero to a year
   * @return the decision
   * @throws IllegalArgumentException outside zero to a year
   */
  static ReconnectDecision retryAfter(Duration delay) {
    return new RetryAfter(delay);
  }

  /**
   * Give up.
   *
   * @param reason why, for the error's message
   * @return the decision
   */
  static ReconnectDecision giveUp(String reason) {
    return new GiveUp(reason);
  }
}
