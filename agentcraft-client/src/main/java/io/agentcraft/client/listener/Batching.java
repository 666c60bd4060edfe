package io.agentcraft.client.listener;

import java.time.Duration;
import java.util.Objects;

/**
 * When a batch of messages is delivered: some time after its first message, or as soon as it is full.
 *
 * @param maxDelay how long the first message of a batch waits at most; more than zero, up to one minute
 * @param maxMessages how many messages make a batch full; 1 or more
 */
public record Batching(Duration maxDelay, int maxMessages) {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * Checks delay and number.
   *
   * @param maxDelay how long the first message of a batch waits at most; more than zero, up to one minute
   * @param maxMessages how many messages make a batch full; 1 or more
   * @throws IllegalArgumentException if these cannot work
   */
  public Batching {
    Objects.requireNonNull(maxDelay, "maxDelay");
    if (maxDelay.isNegative() || maxDelay.isZero() || maxDelay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The longest wait of a batch is more than zero and at most one minute, but was "
              + maxDelay
              + ". The protocol's document recommends PT0.05S.");
    }
    if (maxMessages < 1) {
      throw new IllegalArgumentException(
          "A batch holds 1 or more messages, but was asked to hold " + maxMessages + ".");
    }
  }

  /**
   * Delivers a batch when it is full, or when its first message has waited long enough.
   *
   * @param maxDelay how long the first message waits at most; more than zero, up to one minute
   * @param maxMessages how many messages make a batch full; 1 or more
   * @return the batching
   * @throws IllegalArgumentException if these cannot work
   */
  public static Batching of(Duration maxDelay, int maxMessages) {
    return new Batching(maxDelay, maxMessages);
  }

  /**
   * Returns what the protocol's document recommends, 50 ms; and at most 100 messages, so that a burst is not held back.
   *
   * @return the batching
   */
  public static Batching defaults() {
    return new Batching(Duration.ofMillis(50), 100);
  }
}
