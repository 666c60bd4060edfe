package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.it.Await;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may not send, and what is unusual but valid. */
@Timeout(60)
class FrameErrorsTest {

  private static final String PATH = "/ws/agent-tracking/client_1_a";
  private static final String ASK = "{\"type\":\"get_session_logs\",\"session_id\":\"é🚀\"}";

  private final ReferenceServer server = ReferenceServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  static Stream<ProtocolErrors> errors() {
    return ProtocolErrors.all();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void endWithACloseFrame(ProtocolErrors error) throws Exception {
    try (WireClient client = open(error.compressed())) {
      client.write(error.bytes());

      assertThat(client.readClose()).isEqualTo(error.code());
      client.readToEnd();
      assertThat(server.awaitDisconnect().closeCode()).isEmpty();
      assertThat(server.receivedFrames()).isEmpty();
    }
  }

  @Test
  void theCloseFrameArrivesEvenIfMoreWasSentThanTheServerReads() throws Exception {
    try (WireClient client = open(false)) {
      byte[] more = WireClient.frameOf(WireClient.TEXT, new byte[100_000]);
      client.write(new byte[] {(byte) WireClient.TEXT, 1, 'x'});
      for (int i = 0; i < 20; i++) {
        client.write(more);
      }
      assertThat(client.readClose()).isEqualTo(1002);
    }
  }

  @Test
  void fragmentsWithAPingBetweenThemAreOneMessage() throws Exception {
    byte[] text = ASK.getBytes(StandardCharsets.UTF_8);
    try (WireClient client = open(false)) {
      // Cuts through the rocket.
      int cut = text.length - 4;
      client.frame(0x01, Arrays.copyOf(text, 10));
      client.frame(0x89, new byte[] {7});
      client.frame(0x00, Arrays.copyOfRange(text, 10, cut));
      client.frame(0x80, Arrays.copyOfRange(text, cut, text.length));

      WireClient.Frame pong = Objects.requireNonNull(client.read());
      assertThat(pong.first()).isEqualTo(0x8a);
      assertThat(pong.payload()).containsExactly(7);
      assertThat(server.awaitFrame("get_session_logs").text()).isEqualTo(ASK);
      assertThat(Objects.requireNonNull(client.read()).text())
          .startsWith("{\"type\":\"session_logs\"");
    }
  }

  @Test
  void compressedMessagesShareTheirContext() throws Exception {
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(9, true);
    try (WireClient client = open(true)) {
      for (int i = 0; i < 3; i++) {
        byte[] buffer = new byte[1_000];
        deflater.setInput(ASK.getBytes(StandardCharsets.UTF_8));
        int length = deflater.deflate(buffer, 0, buffer.length, java.util.zip.Deflater.SYNC_FLUSH);
        client.frame(0xc1, Arrays.copyOf(buffer, length - 4));
        assertThat(server.awaitFrame("get_session_logs").text()).isEqualTo(ASK);
      }
      client.frame(0xc1, new byte[] {0});
      server
          .within(Await.TIMEOUT)
          .frame("an empty message", frame -> frame.text().isEmpty());
    } finally {
      deflater.end();
    }
  }

  @Test
  void aCloseFrameIsAnsweredAndTheStreamEnds() throws Exception {
    for (byte[] payload :
        new byte[][] {{}, {0x03, (byte) 0xe9, 'b', 'y', 'e'}, {0x0f, (byte) 0xa1}}) {
      try (WireClient client = open(false)) {
        client.frame(WireClient.CLOSE, payload);
        int expected = payload.length == 0 ? 1000 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        assertThat(client.readClose()).isEqualTo(expected);
        client.readToEnd();
        assertThat(server.awaitDisconnect().closeCode())
            .hasValue(payload.length == 0 ? 1005 : expected);
      }
    }
  }

  private WireClient open(boolean compressed) throws Exception {
    return compressed
        ? WireClient.open(server.url(), PATH, "Sec-WebSocket-Extensions: permessage-deflate")
        : WireClient.open(server.url(), PATH);
  }
}
