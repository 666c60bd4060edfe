package io.agentcraft.client.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedLinesTest {

  private final RepeatedLines repeated = new RepeatedLines();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 100_000})
  void linesOfAnyLengthAreTheSameOnlyIfAllOfTheirTextIs(int length) {
    String beginning = "x".repeat(length);
    assertThat(repeated.isRepeated(line(beginning + "a"))).isFalse();
    assertThat(repeated.isRepeated(line(beginning + "b"))).isFalse();
    assertThat(repeated.isRepeated(line(beginning + "aa"))).isFalse();
    assertThat(repeated.isRepeated(line(beginning + "b"))).isTrue();
    assertThat(repeated.isRepeated(line(beginning + "a"))).isTrue();
  }

  @Test
  void longLinesAreComparedByLessThanTheirText() {
    assertThat(RepeatedLines.shortened("x".repeat(1_000_000))).hasSizeLessThan(300);
    assertThat(RepeatedLines.shortened("short")).isEqualTo("short");
    assertThat(RepeatedLines.shortened(null)).isNull();
  }

  private static CrewAiLog line(String message) {
    return new CrewAiLog(
        null,
        new CrewAiLog.Line(
            null,
            WireTime.iso(Instant.EPOCH),
            null,
            "INFO",
            "crew",
            message,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }
}
