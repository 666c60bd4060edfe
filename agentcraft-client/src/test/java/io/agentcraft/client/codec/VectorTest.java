package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.UnknownMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded frame becomes a typed message that has kept every field. */
class VectorTest {

  private final MessageCodec codec = MessageCodec.create();

  static List<String> server() {
    return Vectors.server();
  }

  static List<String> client() {
    return Vectors.client();
  }

  @Test
  void allFramesAreThere() {
    assertThat(Vectors.documented()).hasSize(8);
    assertThat(Vectors.deployed()).hasSize(26);
    assertThat(Vectors.published()).hasSize(8);
    assertThat(Vectors.client()).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("server")
  void serverFrameKeepsEveryField(String frame) {
    ServerMessage message = codec.decodeServer(frame);
    assertThat(message).isNotInstanceOf(UnknownMessage.class);
    assertSameTree(frame, codec.encode(message));
    assertThat(codec.decodeServer(codec.encode(message))).isEqualTo(message);
    assertThat(codec.decodeServer(Vectors.lengthened(frame))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("client")
  void clientFrameKeepsEveryField(String frame) {
    ClientMessage message = codec.decodeClient(frame);
    assertThat(message).isNotInstanceOf(UnknownMessage.class);
    assertSameTree(frame, codec.encode(message));
    assertThat(codec.decodeClient(codec.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("server")
  void typeIsWrittenFirstAndNumbersPlain(String frame) {
    ServerMessage message = codec.decodeServer(frame);
    assertThat(codec.encode(message))
        .startsWith("{\"type\":\"" + message.type() + "\"")
        .doesNotContainPattern("[0-9]E[0-9]");
  }

  private static void assertSameTree(String recorded, String encoded) {
    assertThat(Vectors.same(Vectors.tree(recorded), Vectors.tree(encoded)))
        .as("recorded %s%nencoded  %s", recorded, encoded)
        .isTrue();
  }
}
