package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.Ping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A frame that nobody wants is not read beyond its type. */
class WantedTest {

  private final MessageCodec codec = MessageCodec.create();
  private final List<String> asked = new ArrayList<>();

  static List<String> frames() {
    return Vectors.server();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void wantedFramesAreThoseThatTheOtherMethodDecodes(String frame) {
    assertThat(codec.decodeServer(frame, type -> asked.add(type)))
        .isEqualTo(codec.decodeServer(frame));
    assertThat(asked).containsExactly(codec.decodeServer(frame).type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ping\"}",
        "{\"type\":\"ping\",",
        "{\"type\":\"ping\" and no JSON behind it",
        "{\"timestamp\":1,\"type\":\"ping\" and no JSON behind it",
      })
  void whatIsNotWantedIsSkippedUnread(String frame) {
    assertThat(codec.decodeServer(frame, this::refuse)).isNull();
    assertThat(asked).containsExactly("ping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "ping", "{", "{\"type\":1}", "{\"type\":\"\"}", "{\"x\":1}"})
  void whatHasNoTypeIsMalformedThoughNobodyIsAsked(String frame) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> codec.decodeServer(frame, this::refuse));
    assertThat(asked).isEmpty();
  }

  @Test
  void aTypeThatComesLateIsAskedForOnce() {
    String frame = "{\"timestamp\":null,\"type\":\"ping\"}";
    assertThat(codec.decodeServer(frame, type -> asked.add(type))).isEqualTo(new Ping(null));
    assertThat(asked).containsExactly("ping");
  }

  @Test
  void whatThePredicateThrowsIsPassedOn() {
    IllegalStateException thrown = new IllegalStateException("mine");
    assertThatThrownBy(() -> codec.decodeServer("{\"type\":\"ping\"}", type -> {
          throw thrown;
        }))
        .isSameAs(thrown);
  }

  private boolean refuse(String type) {
    asked.add(type);
    return false;
  }
}
