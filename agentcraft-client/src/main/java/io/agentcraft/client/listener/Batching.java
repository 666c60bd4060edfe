package io.agentcraft.client.listener;

import java.time.Duration;
import java.util.Objects;

/**
 * When a batch of messages is delivered: when it is full, or when its first message has waited for the maximum delay. A batch is
 * also full when its messages have about a million characters.
 *
 * @param maxDelay the maximum delay of the first message of a batch; more than zero, at most one minute
 * @param maxMessages the number of messages that fill a batch; 1 or more
 */
public record Batching(Duration maxDelay, int maxMessages) {

  private static final Duration LONGEST_MAX_DELAY = Duration.ofMinutes(1);

  /**
   * Creates a batching.
   *
   * @param maxDelay the maximum delay of the first message of a batch; more than zero, at most one minute
   * @param maxMessages the number of messages that fill a batch; 1 or more
   * @throws IllegalArgumentException if an argument is out of range
   */
  public Batching {
    Objects.requireNonNull(maxDelay, "maxDelay");
    if (maxDelay.isNegative() || maxDelay.isZero() || maxDelay.compareTo(LONGEST_MAX_DELAY) > 0) {
      throw new IllegalArgumentException(
          "The maximum delay of a batch must be more than zero and at most one minute, but was "
              + maxDelay
              + ". The protocol recommends PT0.05S.");
    }
    if (maxMessages < 1) {
      throw new IllegalArgumentException(
          "A batch must hold 1 or more messages, but was asked to hold " + maxMessages + ".");
    }
  }

  /**
   * Returns a batching with a maximum delay and a maximum number of messages.
   *
   * @param maxDelay the maximum delay of the first message of a batch; more than zero, at most one minute
   * @param maxMessages the number of messages that fill a batch; 1 or more
   * @return the batching
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Batching of(Duration maxDelay, int maxMessages) {
    return new Batching(maxDelay, maxMessages);
  }

  /**
   * Returns the batching that the protocol recommends: 50 ms, with at most 100 messages so that a burst is not held back.
   *
   * @return the batching
   */
  public static Batching defaults() {
    return new Batching(Duration.ofMillis(50), 100);
  }
}
