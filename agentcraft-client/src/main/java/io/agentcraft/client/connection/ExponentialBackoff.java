package io.agentcraft.client.connection;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * The reconnect policy of the protocol, and the default. The delay before attempt n is {@code min(base × 2^n, maxDelay)}, by
 * default 2, 4, 8, 16 and 30 s. The policy gives up after 5 failed attempts, or at once if the cause {@linkplain
 * ReconnectPolicy.Context#isFinal() is final}. A {@code Retry-After} header of a 429 or 503 response extends the delay to up
 * to 5 minutes.
 *
 * <p>Immutable: the {@code with…} methods return modified copies.
 */
public final class ExponentialBackoff implements ReconnectPolicy {

  /** Disables the limit of {@link #withMaxAttempts(int)}. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);
  private static final Duration LONGEST_MAX_DELAY = Duration.ofDays(365);

  private final Duration base;
  private final Duration maxDelay;
  private final int maxAttempts;
  private final double jitter;
  private final DoubleSupplier random;
  private final Predicate<Context> giveUpRule;

  private ExponentialBackoff(
      Duration base,
      Duration maxDelay,
      int maxAttempts,
      double jitter,
      DoubleSupplier random,
      Predicate<Context> giveUpRule) {
    this.base = base;
    this.maxDelay = maxDelay;
    this.maxAttempts = maxAttempts;
    this.jitter = jitter;
    this.random = random;
    this.giveUpRule = giveUpRule;
  }

  /**
   * Returns the protocol's policy: base 1 s, at most 30 s, 5 attempts, no jitter.
   *
   * @return the policy
   */
  public static ExponentialBackoff defaults() {
    return new ExponentialBackoff(
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        5,
        0,
        // Thread-safe and part of java.base. The default RandomGenerator is neither.
        () -> ThreadLocalRandom.current().nextDouble(),
        Context::isFinal);
  }

  /**
   * Returns the policy for services: like {@link #defaults()}, but it never gives up unless the cause is final, and half of
   * each delay is random, so that the clients of one server do not all return at once.
   *
   * @return the policy
   */
  public static ExponentialBackoff forever() {
    return defaults().withMaxAttempts(UNLIMITED).withJitter(0.5);
  }

  /**
   * Sets the delays.
   *
   * @param base the base delay, which is doubled before the first attempt already; more than zero
   * @param maxDelay the longest delay; not shorter than {@code base}, at most a year
   * @return a modified copy
   * @throws IllegalArgumentException if the delays are out of range
   */
  public ExponentialBackoff withDelays(Duration base, Duration maxDelay) {
    if (base.isNegative()
        || base.isZero()
        || maxDelay.compareTo(base) < 0
        || maxDelay.compareTo(LONGEST_MAX_DELAY) > 0) {
      throw new IllegalArgumentException(
          "The backoff needs 0 < base <= maxDelay <= a year, but base is " + base
              + " and maxDelay is " + maxDelay + ". The protocol's values are PT1S and PT30S.");
    }
    return new ExponentialBackoff(base, maxDelay, maxAttempts, jitter, random, giveUpRule);
  }

  /**
   * Sets how many attempts in a row may fail.
   *
   * @param maxAttempts the number of attempts; 0 disables reconnection, {@link #UNLIMITED} never gives up
   * @return a modified copy
   * @throws IllegalArgumentException if the number is negative
   */
  public ExponentialBackoff withMaxAttempts(int maxAttempts) {
    if (maxAttempts < 0) {
      throw new IllegalArgumentException("The number of attempts must be 0 or more, but was "
          + maxAttempts + ". Use ExponentialBackoff.UNLIMITED to never give up.");
    }
    return new ExponentialBackoff(base, maxDelay, maxAttempts, jitter, random, giveUpRule);
  }

  /**
   * Sets the jitter, which keeps the clients of one server from reconnecting all at once. Jitter only shortens delays.
   *
   * @param jitter the random fraction of each delay, from 0 to 1: 0 for none, 0.5 for half to full delays
   * @return a modified copy
   * @throws IllegalArgumentException if the fraction is out of range
   */
  public ExponentialBackoff withJitter(double jitter) {
    return withJitter(jitter, random);
  }

  /**
   * Sets the jitter and its source of randomness, for tests.
   *
   * @param jitter the random fraction of each delay, from 0 to 1
   * @param random returns numbers from 0 (inclusive) to 1 (exclusive); must be thread-safe
   * @return a modified copy
   * @throws IllegalArgumentException if the fraction is out of range
   */
  public ExponentialBackoff withJitter(double jitter, DoubleSupplier random) {
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "The jitter must be a fraction from 0 to 1, but was " + jitter + ".");
    }
    return new ExponentialBackoff(
        base, maxDelay, maxAttempts, jitter, Objects.requireNonNull(random, "random"), giveUpRule);
  }

  /**
   * Sets when to give up at once, whatever the number of attempts. Replaces the default, {@link Context#isFinal()}.
   *
   * @param giveUpRule returns {@code true} to give up; called on the SDK's connection thread
   * @return a modified copy
   */
  public ExponentialBackoff withGiveUpRule(Predicate<Context> giveUpRule) {
    return new ExponentialBackoff(
        base,
        maxDelay,
        maxAttempts,
        jitter,
        random,
        Objects.requireNonNull(giveUpRule, "giveUpRule"));
  }

  @Override
  public Decision decide(Context context) {
    if (giveUpRule.test(context)) {
      return Decision.giveUp("another attempt would fail the same way");
    }
    if (context.attempt() > maxAttempts) {
      return Decision.giveUp(
          maxAttempts == 0
              ? "reconnection is off"
              : "all " + maxAttempts + " reconnection attempts failed");
    }
    Duration delay = jittered(delayBefore(context.attempt()));
    Duration requested = retryAfter(context.cause());
    return Decision.retryAfter(requested.compareTo(delay) > 0 ? requested : delay);
  }

  /**
   * Returns the delay before an attempt, without jitter.
   *
   * @param attempt the attempt, from 1
   * @return {@code min(base × 2^attempt, maxDelay)}
   */
  public Duration delayBefore(int attempt) {
    Duration delay = base;
    for (int i = 0; i < attempt && delay.compareTo(maxDelay) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
  }

  private Duration jittered(Duration delay) {
    double factor = jitter == 0 ? 1 : 1 - jitter * random.getAsDouble();
    return Duration.ofNanos((long) (delay.toNanos() * factor));
  }

  private static Duration retryAfter(DisconnectCause cause) {
    if (cause instanceof DisconnectCause.HandshakeRefused refused
        && (refused.httpStatus() == 429 || refused.httpStatus() == 503)) {
      Duration requested = refused.retryAfter() == null ? Duration.ZERO : refused.retryAfter();
      return requested.compareTo(MAX_RETRY_AFTER) < 0 ? requested : MAX_RETRY_AFTER;
    }
    return Duration.ZERO;
  }
}
