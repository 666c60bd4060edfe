package io.agentcraft.client.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * The protocol's reconnection rule: before attempt n the wait is {@code min(base × 2^n, cap)}, by default 2, 4, 8, 16 and
 * 30 s; after 5 failed attempts it gives up, and at once when the cause is final. A {@code Retry-After} on a 429 or 503
 * lengthens the wait, up to 5 minutes. Immutable.
 */
public final class ExponentialBackoff implements ReconnectPolicy {

  /** Stands for "never give up because of the count" in {@link #withMaxAttempts(int)}. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Duration RETRY_AFTER_BOUND = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Duration base;
  private final Duration cap;
  private final int maxAttempts;
  private final double jitter;
  private final DoubleSupplier random;
  private final Predicate<ReconnectContext> finalRule;

  private ExponentialBackoff(
      Duration base,
      Duration cap,
      int maxAttempts,
      double jitter,
      DoubleSupplier random,
      Predicate<ReconnectContext> finalRule) {
    this.base = base;
    this.cap = cap;
    this.maxAttempts = maxAttempts;
    this.jitter = jitter;
    this.random = random;
    this.finalRule = finalRule;
  }

  /**
   * Returns the protocol's rule: base 1 s, cap 30 s, 5 attempts, no jitter.
   *
   * @return the policy
   */
  public static ExponentialBackoff defaults() {
    return new ExponentialBackoff(
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        5,
        0,
        // Safe for use by several threads, and in java.base: the default RandomGenerator is
        // neither.
        () -> ThreadLocalRandom.current().nextDouble(),
        Finality::isFinal);
  }

  /**
   * Changes the delays.
   *
   * @param base the unit, doubled once before the first attempt; more than zero
   * @param cap the longest wait; not shorter than {@code base}, at most a year
   * @return the changed policy
   * @throws IllegalArgumentException if the delays cannot work
   */
  public ExponentialBackoff withDelays(Duration base, Duration cap) {
    if (base.isNegative()
        || base.isZero()
        || cap.compareTo(base) < 0
        || cap.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("The backoff needs 0 < base <= cap <= a year, but base is "
          + base + " and cap is " + cap + ". The protocol's values are PT1S and PT30S.");
    }
    return new ExponentialBackoff(base, cap, maxAttempts, jitter, random, finalRule);
  }

  /**
   * Changes how many attempts may fail in a row.
   *
   * @param maxAttempts zero to never reconnect, {@link #UNLIMITED} to never give up
   * @return the changed policy
   * @throws IllegalArgumentException if it is negative
   */
  public ExponentialBackoff withMaxAttempts(int maxAttempts) {
    if (maxAttempts < 0) {
      throw new IllegalArgumentException("The number of attempts is 0 or more, but was "
          + maxAttempts + ". Use ExponentialBackoff.UNLIMITED to never give up.");
    }
    return new ExponentialBackoff(base, cap, maxAttempts, jitter, random, finalRule);
  }

  /**
   * Spreads the waits, so that many clients of one server do not come back at the same moment. It only ever shortens a
   * wait.
   *
   * @param jitter the part of each wait that is random: 0 for none, 0.5 for waits of half to full length, at most 1
   * @return the changed policy
   * @throws IllegalArgumentException outside 0 to 1
   */
  public ExponentialBackoff withJitter(double jitter) {
    return withJitter(jitter, random);
  }

  /**
   * Spreads the waits, with a given source of randomness: for tests.
   *
   * @param jitter the part of each wait that is random, 0 to 1
   * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
   * @return the changed policy
   * @throws IllegalArgumentException outside 0 to 1
   */
  public ExponentialBackoff withJitter(double jitter, DoubleSupplier random) {
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("Jitter is a part from 0 to 1, but was " + jitter + ".");
    }
    return new ExponentialBackoff(
        base, cap, maxAttempts, jitter, Objects.requireNonNull(random, "random"), finalRule);
  }

  /**
   * Replaces the rule of what is final, {@link Finality#isFinal(ReconnectContext)}.
   *
   * @param finalRule returns {@code true} to give up at once; called on the SDK's connection thread
   * @return the changed policy
   */
  public ExponentialBackoff withFinalRule(Predicate<ReconnectContext> finalRule) {
    return new ExponentialBackoff(
        base, cap, maxAttempts, jitter, random, Objects.requireNonNull(finalRule, "finalRule"));
  }

  @Override
  public ReconnectDecision decide(ReconnectContext context) {
    if (finalRule.test(context)) {
      return ReconnectDecision.giveUp("another attempt would end in the same way");
    }
    if (context.attempt() > maxAttempts) {
      return ReconnectDecision.giveUp(
          maxAttempts == 0
              ? "reconnection is off"
              : "all " + maxAttempts + " reconnection attempts failed");
    }
    Duration wait = jittered(delayBefore(context.attempt()));
    Duration asked = retryAfter(context.cause());
    return ReconnectDecision.retryAfter(asked.compareTo(wait) > 0 ? asked : wait);
  }

  /**
   * Returns the wait before an attempt, without jitter.
   *
   * @param attempt the attempt, from 1
   * @return {@code min(base × 2^attempt, cap)}
   */
  public Duration delayBefore(int attempt) {
    Duration delay = base;
    for (int i = 0; i < attempt && delay.compareTo(cap) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(cap) < 0 ? delay : cap;
  }

  private Duration jittered(Duration delay) {
    double part = jitter == 0 ? 1 : 1 - jitter * random.getAsDouble();
    return Duration.ofNanos((long) (delay.toNanos() * part));
  }

  private static Duration retryAfter(DisconnectCause cause) {
    if (cause instanceof DisconnectCause.HandshakeRefused refused
        && (refused.httpStatus() == 429 || refused.httpStatus() == 503)) {
      Duration asked = refused.retryAfter() == null ? Duration.ZERO : refused.retryAfter();
      return asked.compareTo(RETRY_AFTER_BOUND) < 0 ? asked : RETRY_AFTER_BOUND;
    }
    return Duration.ZERO;
  }
}
