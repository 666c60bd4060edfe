package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentcraft.client.error.MalformedMessageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The type of a frame is told without reading beyond it. */
class FrameTypeTest {

  private final MessageCodec codec = MessageCodec.create();

  static List<String> frames() {
    return Vectors.server();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void theTypeIsTheOneOfTheDecodedMessage(String frame) {
    assertThat(codec.typeOf(frame)).isEqualTo(codec.decodeServer(frame).type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ping\"}",
        "{\"type\": \"ping\"}",
        "{\"type\":  \"ping\"}",
        "{\"type\" : \"ping\"}",
        " { \"type\":\"ping\"}",
        "{\"type\":\"\\u0070ing\"}",
        "{\"\\u0074ype\":\"ping\"}",
        "{\"timestamp\":null,\"type\":\"ping\"}",
        "{\"timestamp\":{\"type\":\"pong\"},\"type\":\"ping\"}",
        "{\"type\":\"ping\",",
        "{\"type\":\"ping\" and no JSON behind it",
        "{\"timestamp\":1,\"type\":\"ping\" and no JSON behind it",
      })
  void howeverItIsWrittenAndWhateverComesBehindIt(String frame) {
    assertThat(codec.typeOf(frame)).isEqualTo("ping");
  }

  @Test
  void aTypeThatNobodyKnowsIsToldAsWell() {
    assertThat(codec.typeOf("{\"type\":\"to\\\"morrow\",\"x\":1}")).isEqualTo("to\"morrow");
    assertThat(codec.typeOf("{\"type\":\"tomorrow\"}")).isEqualTo("tomorrow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "ping",
        "{",
        "{\"type\":",
        "{\"type\": ",
        "{\"type\":\"",
        "{\"type\":\"ping",
        "{\"type\":ping\"}",
        "{\"type\":1}",
        "{\"type\":null}",
        "{\"type\":\"\"}",
        "{\"type\":\"pi\nng\"}",
        "{\"x\":1}",
        "{\"x\":\"type\"}",
      })
  void whatHasNoTypeIsMalformed(String frame) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> codec.typeOf(frame));
  }
}
