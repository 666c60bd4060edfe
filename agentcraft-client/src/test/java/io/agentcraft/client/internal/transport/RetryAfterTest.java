package io.agentcraft.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "' 7 ', 7",
    "99999999999999999999, 2147483647",
    "'Thu, 01 Jan 2026 00:02:00 GMT', 120",
    "'Wed, 31 Dec 2025 23:59:59 GMT', 0"
  })
  void secondsOrADate(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW)).hasSeconds(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-5", "1.5", "soon", "٣", "Thu, 99 Jan 2026 00:02:00 GMT"})
  void whatMakesNoSenseIsNoWait(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isNull();
  }

  @Test
  void noHeaderIsNoWait() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
  }
}
