package io.agentcraft.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExponentialBackoffTest {

  private static final DisconnectCause BROKEN =
      new DisconnectCause.ConnectionLost(new IOException("broken"));
  private static final Set<Integer> FINAL_CODES = Set.of(1002, 1003, 1007, 1008, 1009, 1010);

  private final ExponentialBackoff policy = ExponentialBackoff.defaults();

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "3, 8", "4, 16", "5, 30", "6, 30", "2147483647, 30"})
  void theDelayDoublesUpToTheMaximum(int attempt, long seconds) {
    assertThat(policy.delayBefore(attempt)).hasSeconds(seconds);
  }

  @Test
  void theLongestDelaysDoNotOverflow() {
    ExponentialBackoff slow = policy
        .withDelays(Duration.ofDays(364), Duration.ofDays(365))
        .withMaxAttempts(ExponentialBackoff.UNLIMITED);

    assertThat(slow.decide(new ReconnectPolicy.Context(BROKEN, Integer.MAX_VALUE, false)))
        .isEqualTo(ReconnectPolicy.Decision.retryAfter(Duration.ofDays(365)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 30000", "1, 0, 30000", "1, 0.999999, 0", "0.5, 0.5, 22500"})
  void jitterOnlyShortens(double jitter, double random, long millis) {
    ReconnectPolicy.Decision decision = policy
        .withMaxAttempts(100)
        .withJitter(jitter, () -> random)
        .decide(new ReconnectPolicy.Context(BROKEN, 50, false));

    assertThat(((ReconnectPolicy.Decision.RetryAfter) decision).delay().toMillis())
        .isEqualTo(millis);
  }

  static IntStream closeCodes() {
    return IntStream.concat(
        IntStream.rangeClosed(1000, 1015), IntStream.of(3000, 4000, 4001, 4500, 4999));
  }

  @ParameterizedTest
  @MethodSource("closeCodes")
  void onlySomeCloseCodesAreFinal(int code) {
    assertThat(isFinal(new DisconnectCause.ClosedByServer(code, "")))
        .isEqualTo(FINAL_CODES.contains(code));
  }

  @ParameterizedTest
  @CsvSource({
    "200, false",
    "301, true",
    "302, true",
    "307, true",
    "399, true",
    "400, true",
    "401, true",
    "402, true",
    "403, true",
    "404, true",
    "405, true",
    "406, true",
    "408, false",
    "410, true",
    "418, true",
    "425, false",
    "426, true",
    "429, false",
    "451, true",
    "499, true",
    "500, false",
    "502, false",
    "503, false",
    "504, false"
  })
  void onlySomeRefusalsAreFinal(int status, boolean isFinal) {
    assertThat(isFinal(new DisconnectCause.HandshakeRefused(status, null, ""))).isEqualTo(isFinal);
  }

  @Test
  void closingTheClientIsFinalAndNetworkErrorsAreNot() {
    assertThat(isFinal(new DisconnectCause.ClosedByCaller())).isTrue();
    assertThat(isFinal(new DisconnectCause.HandshakeInvalid("foo"))).isTrue();
    assertThat(isFinal(BROKEN)).isFalse();
    assertThat(isFinal(new DisconnectCause.ConnectionLost(new NoSuchMethodError("Okio"))))
        .isTrue();
    assertThat(isFinal(new DisconnectCause.IdleTimedOut(Duration.ofSeconds(45))))
        .isFalse();
    assertThat(isFinal(new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(15), "")))
        .isFalse();
    assertThat(isFinal(new DisconnectCause.TokenUnavailable(new IOException()))).isFalse();
  }

  @Test
  void theGiveUpRuleCanBeReplaced() {
    ReconnectPolicy.Context context =
        new ReconnectPolicy.Context(new DisconnectCause.ClosedByServer(1008, ""), 1, false);

    assertThat(policy.withGiveUpRule(any -> false).decide(context))
        .isInstanceOf(ReconnectPolicy.Decision.RetryAfter.class);
    assertThat(policy
            .withGiveUpRule(any -> true)
            .decide(new ReconnectPolicy.Context(BROKEN, 1, false)))
        .isInstanceOf(ReconnectPolicy.Decision.GiveUp.class);
  }

  @Test
  void foreverGivesUpForFinalCausesOnly() {
    ExponentialBackoff forever = ExponentialBackoff.forever();
    for (int attempt : new int[] {1, 6, 1_000_000}) {
      assertThat(forever.decide(new ReconnectPolicy.Context(BROKEN, attempt, false)))
          .isInstanceOfSatisfying(
              ReconnectPolicy.Decision.RetryAfter.class,
              retry -> assertThat(retry.delay())
                  .isBetween(
                      forever.delayBefore(attempt).dividedBy(2), forever.delayBefore(attempt)));
    }
    assertThat(forever.decide(
            new ReconnectPolicy.Context(new DisconnectCause.ClosedByServer(1008, ""), 1, false)))
        .isInstanceOf(ReconnectPolicy.Decision.GiveUp.class);
  }

  @Test
  void withNoAttemptsReconnectionIsOff() {
    assertThat(policy.withMaxAttempts(0).decide(new ReconnectPolicy.Context(BROKEN, 1, false)))
        .isEqualTo(ReconnectPolicy.Decision.giveUp("reconnection is off"));
  }

  @Test
  void invalidArgumentsAreRejected() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> policy.withDelays(Duration.ZERO, second))
        .hasMessageContaining("0 < base <= maxDelay");
    assertThatThrownBy(() -> policy.withDelays(second, Duration.ofMillis(1)))
        .hasMessageContaining("PT0.001S");
    assertThatThrownBy(() -> policy.withDelays(second, Duration.ofDays(366)))
        .hasMessageContaining("a year");
    assertThatThrownBy(() -> policy.withMaxAttempts(-1)).hasMessageContaining("UNLIMITED");
    assertThatThrownBy(() -> policy.withJitter(1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> policy.withJitter(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> ReconnectPolicy.Decision.retryAfter(Duration.ofSeconds(-1)))
        .hasMessageContaining("PT-1S");
    assertThatThrownBy(
            () -> ReconnectPolicy.Decision.retryAfter(Duration.ofSeconds(Long.MAX_VALUE)))
        .hasMessageContaining("a year");
  }

  private static boolean isFinal(DisconnectCause cause) {
    return new ReconnectPolicy.Context(cause, 1, false).isFinal();
  }
}
