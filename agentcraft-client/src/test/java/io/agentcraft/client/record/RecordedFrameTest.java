package io.agentcraft.client.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.record.FrameListener.Direction;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedFrameTest {

  @Test
  void isASingleLineOfJson() {
    RecordedFrame frame = new RecordedFrame(
        Duration.ofNanos(1_204_500_999L), Direction.IN, "{\"type\":\"ping\"}\n\u2028ß\ud83d\ude80");
    assertThat(frame.toLine())
        .isEqualTo("{\"offset_ms\":1204.5,\"direction\":\"in\","
            + "\"text\":\"{\\\"type\\\":\\\"ping\\\"}\\n\u2028ß\ud83d\ude80\"}");
    assertThat(RecordedFrame.parse(frame.toLine()))
        .isEqualTo(new RecordedFrame(Duration.ofNanos(1_204_500_000L), Direction.IN, frame.text()));
  }

  @Test
  void roundOffsetsAreNotWrittenWithExponents() {
    assertThat(new RecordedFrame(Duration.ofMillis(100), Direction.IN, "").toLine())
        .startsWith("{\"offset_ms\":100,");
  }

  @Test
  void ignoresUnknownMembers() {
    assertThat(RecordedFrame.parse(
            "{\"comment\":{\"a\":[1]},\"text\":\"\",\"direction\":\"out\",\"offset_ms\":0}"))
        .isEqualTo(new RecordedFrame(Duration.ZERO, Direction.OUT, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"offset_ms\":1,\"direction\":\"in\"}",
        "{\"offset_ms\":1,\"direction\":\"sideways\",\"text\":\"\"}",
        "{\"offset_ms\":\"1\",\"direction\":\"in\",\"text\":\"\"}",
        "{\"offset_ms\":-1,\"direction\":\"in\",\"text\":\"\"}",
        "{\"offset_ms\":1e99,\"direction\":\"in\",\"text\":\"\"}",
        "{\"offset_ms\":1,\"direction\":\"in\",\"text\":5}",
        "{\"offset_ms\":1,\"direction\":\"in\",\"text\":\"\"",
        "{\"offset_ms\":1,\"direction\":\"in\",\"text\":\"\"} more",
      })
  void rejectsMalformedLines(String line) {
    assertThatThrownBy(() -> RecordedFrame.parse(line))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
