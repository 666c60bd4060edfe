package io.agentcraft.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.WireMessage;
import java.util.function.Function;

/** What holds for any text that is decoded. */
final class CodecProperties {

  private static final MessageCodec CODEC = MessageCodec.create();

  private CodecProperties() {}

  static void check(String text) {
    check(text, CODEC::decodeServer);
    check(text, CODEC::decodeClient);
    checkPeeking(text);
  }

  private static <M extends WireMessage> void check(String text, Function<String, M> decode) {
    M message;
    try {
      message = decode.apply(text);
    } catch (MalformedMessageException expected) {
      assertThat(expected.rawText()).hasSizeLessThanOrEqualTo(MalformedMessageException.RAW_LIMIT);
      Bugs.assertIsNoBug(expected);
      return;
    }
    String encoded;
    try {
      encoded = CODEC.encode(message);
    } catch (IllegalArgumentException expected) {
      // NaN and the infinities are read as Python writes them, but JSON has none.
      assertThat(expected.getMessage()).isNotBlank();
      return;
    }
    M again = decode.apply(encoded);
    assertThat(again).isEqualTo(message);
    assertThat(CODEC.encode(again)).isEqualTo(encoded);
  }

  /** What is a message has the type that is told without reading it. */
  private static void checkPeeking(String text) {
    String type = null;
    try {
      // The reader thread asks it of every frame: nothing else may come out.
      type = CODEC.typeOf(text);
    } catch (MalformedMessageException expected) {
      // Then it is no message either: see below.
    }
    try {
      assertThat(CODEC.decodeServer(text).type()).isEqualTo(type);
    } catch (MalformedMessageException expected) {
      // Not everything with a type is a message.
    }
  }
}
