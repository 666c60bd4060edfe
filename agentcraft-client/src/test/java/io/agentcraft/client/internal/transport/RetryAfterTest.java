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
    "999999999, 999999999",
    "1000000000000, 2147483647",
    "99999999999999999999, 2147483647",
    "00000000000000000120, 120",
    "00000000000000000000, 0",
    "'Thu, 01 Jan 2026 00:02:00 GMT', 120",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 2147483647",
    "'Fri, 31 Dec 99999 23:59:59 GMT', 2147483647",
    "'31 Dec 999999999 23:59:59 GMT', 2147483647",
    "'Thu, 01 Jan 1970 00:00:00 GMT', 0",
    "'Wed, 01 Jan 1000 00:00:00 GMT', 0",
    "'Wed, 31 Dec 2025 23:59:59 GMT', 0"
  })
  void secondsOrADate(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW)).hasSeconds(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-5",
        "1.5",
        "soon",
        "٣",
        "+5",
        "1e9",
        "Thu, 99 Jan 2026 00:02:00 GMT",
        "Fri, 31 Dec -999 23:59:59 GMT"
      })
  void whatMakesNoSenseIsNoWait(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isNull();
  }

  @Test
  void noHeaderIsNoWait() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
  }
}
