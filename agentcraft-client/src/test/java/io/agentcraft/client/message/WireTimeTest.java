package io.agentcraft.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentcraft.client.message.WireTime.Form;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "1642678200.123,      EPOCH,      2022-01-20T11:30:00.123Z",
    "1795389935.6395757,  EPOCH,      2026-11-22T23:25:35.639576Z",
    "1000000000,          EPOCH,      2001-09-09T01:46:40Z",
    "736.91432084,        MONOTONIC,",
    "0,                   MONOTONIC,",
    "999999999.9,         MONOTONIC,",
    "-1,                  UNREADABLE,",
    "NaN,                 UNREADABLE,",
    "Infinity,            UNREADABLE,",
    "-Infinity,           UNREADABLE,",
    "1e18,                UNREADABLE,",
    "1.7976931348623157e308, UNREADABLE,",
  })
  void numbers(double seconds, Form form, Instant instant) {
    WireTime time = WireTime.ofSeconds(seconds);
    assertThat(time.form()).isEqualTo(form);
    assertThat(time.instant().orElse(null)).isEqualTo(instant);
    assertThat(time.seconds()).hasValue(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-20T10:30:45.123Z,         ISO_WITH_OFFSET,  2024-01-20T10:30:45.123Z",
    "2024-01-20T10:30:00Z,             ISO_WITH_OFFSET,  2024-01-20T10:30:00Z",
    "2024-01-20T10:30Z,                ISO_WITH_OFFSET,  2024-01-20T10:30:00Z",
    "2024-01-20T10:30:45+02:00,        ISO_WITH_OFFSET,  2024-01-20T08:30:45Z",
    "2024-01-20T10:30:45.123456-05:30, ISO_WITH_OFFSET,  2024-01-20T16:00:45.123456Z",
    "2024-01-20 10:30:45+00:00,        ISO_WITH_OFFSET,  2024-01-20T10:30:45Z",
    "2024-01-20T10:32:00.654321,       ISO_WITHOUT_ZONE, 2024-01-20T09:32:00.654321Z",
    "2024-07-20T10:32:00,              ISO_WITHOUT_ZONE, 2024-07-20T08:32:00Z",
    "2024-01-20 10:32:00.5,            ISO_WITHOUT_ZONE, 2024-01-20T09:32:00.5Z",
    "yesterday,                        UNREADABLE,",
    "'',                               UNREADABLE,",
    "2024-01-20,                       UNREADABLE,",
    "2024-13-20T10:30:45Z,             UNREADABLE,",
    "1642678200.123,                   UNREADABLE,",
    "NaN,                              UNREADABLE,",
  })
  void texts(String text, Form form, Instant instant) {
    WireTime time = WireTime.ofText(text, BERLIN);
    assertThat(time.form()).isEqualTo(form);
    assertThat(time.instant().orElse(null)).isEqualTo(instant);
    assertThat(time.seconds()).isEmpty();
    assertThat(time).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1642678200.123,  1642678200.123",
    "736.91432084,    736.91432084",
    "1642678200,      1642678200",
    "1e-7,            0.00000010",
    "NaN,             NaN",
    "1e300,           1.0E300",
  })
  void numbersAreShownInPlainNotationUnlessAbsurd(double seconds, String text) {
    assertThat(WireTime.ofSeconds(seconds)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59.999999999-18:00",
        "-999999999-01-01T00:00:00+18:00",
        "+999999999-12-31T23:59:59.999999999",
        "-999999999-01-01T00:00:00",
      })
  void theEndsOfTimeThrowNothing(String text) {
    for (ZoneOffset zone : new ZoneOffset[] {ZoneOffset.MIN, ZoneOffset.UTC, ZoneOffset.MAX}) {
      WireTime time = WireTime.ofText(text, zone);
      assertThat(time.instant().isPresent()).isEqualTo(time.form() != Form.UNREADABLE);
    }
  }

  @Test
  void anInstantSurvivesAsIsoTextAndToTheMicrosecondAsSeconds() {
    Instant now = Instant.parse("2026-11-22T23:25:35.639575123Z");
    assertThat(WireTime.iso(now).instant()).hasValue(now);
    assertThat(WireTime.iso(now).form()).isEqualTo(Form.ISO_WITH_OFFSET);
    assertThat(WireTime.epoch(now).instant()).hasValue(now.truncatedTo(ChronoUnit.MICROS));
    assertThat(WireTime.epoch(now).instant().orElseThrow())
        .isCloseTo(now, within(1, ChronoUnit.MICROS));
  }

  @Test
  void equalMeansTheSameTextOrNumberInTheSameZone() {
    WireTime text = WireTime.ofText("2024-01-20T10:32:00", ZoneOffset.UTC);
    assertThat(text)
        .isEqualTo(WireTime.ofText("2024-01-20T10:32:00", ZoneOffset.UTC))
        .hasSameHashCodeAs(WireTime.ofText("2024-01-20T10:32:00", ZoneOffset.UTC))
        .isNotEqualTo(WireTime.ofText("2024-01-20T10:32:00", BERLIN))
        .isNotEqualTo(WireTime.ofText("2024-01-20T10:32:01", ZoneOffset.UTC));
    assertThat(WireTime.ofSeconds(1.5))
        .isEqualTo(WireTime.ofSeconds(1.5))
        .isNotEqualTo(WireTime.ofSeconds(2))
        .isNotEqualTo(WireTime.ofText("1.5", ZoneOffset.UTC));
    assertThat(WireTime.ofSeconds(Double.NaN)).isEqualTo(WireTime.ofSeconds(Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-26T08:00:00Z",
        "2026-11-26T08:00:00.500Z",
        "2026-11-26T08:00:00.123456789Z",
        "1969-12-31T23:59:59Z",
        "+12026-11-26T08:00:00Z",
      })
  void anInstantIsTheTextThatItIsWrittenAs(String text) {
    WireTime ofInstant = WireTime.iso(Instant.parse(text));
    WireTime ofText = WireTime.ofText(text, ZoneOffset.UTC);

    assertThat(ofInstant).hasToString(text).isEqualTo(ofText).hasSameHashCodeAs(ofText);
    assertThat(ofText).isEqualTo(ofInstant).isNotEqualTo(WireTime.ofText(text, BERLIN));
    assertThat(ofInstant.form()).isEqualTo(ofText.form());
    assertThat(ofInstant.instant()).isEqualTo(ofText.instant());
    assertThat(ofInstant.seconds()).isEmpty();
    assertThat(ofInstant).isNotEqualTo(WireTime.epoch(Instant.parse(text)));
  }
}
