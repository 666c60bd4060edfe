package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** Compressed messages that never end: whatever of them is kept counts against {@code maxMessageBytes}. */
class EndlessMessagesTest extends IntegrationTest {

  private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";
  private static final int TEXT_COMPRESSED = 0x41;
  private static final int CONTINUATION = 0;
  private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xff, (byte) 0xff};
  private static final byte[] NO_BLOCK = {7, 7, 7, 7, 7};
  private static final int FRAMES_AT_ONCE = 4_096;
  private static final int BOUND = 100_000;

  private final RawServer server = new RawServer();
  private final WatchedThreads threads = closed(new WatchedThreads());

  @Test
  void emptyBlocksAreCutAtTheBound() {
    server.answer((key, out) -> {
      RawServer.acceptHandshake(key, out, DEFLATE);
      writeWithoutEnd(TEXT_COMPRESSED, CONTINUATION, EMPTY_BLOCK, out);
    });
    assertThat(lossOfTheFirstConnection()).contains("maxMessageBytes");
  }

  @Test
  void whatCannotBeInflatedEndsTheConnection() {
    server.answer((key, out) -> {
      RawServer.acceptHandshake(key, out, DEFLATE);
      writeWithoutEnd(TEXT_COMPRESSED, CONTINUATION, NO_BLOCK, out);
    });
    assertThat(lossOfTheFirstConnection()).contains("cannot be inflated");
  }

  @Test
  void aFrameThatAnnouncesMoreThanTheBoundIsNotWaitedFor() {
    server.answer((key, out) -> {
      RawServer.acceptHandshake(key, out, DEFLATE);
      out.write(TEXT_COMPRESSED | 0x80);
      out.write(127);
      out.write(new byte[] {0, 0, 0, 0, 0x40, 0, 0, 0});
      out.flush();
    });
    assertThat(lossOfTheFirstConnection()).contains("maxMessageBytes");
  }

  /** Connects, loses the connection, and connects again. Returns the words of the cause. */
  private String lossOfTheFirstConnection() {
    AgentCraftClient client = client(
        server.url(),
        options -> options.maxMessageBytes(BOUND).okHttpClient(threads.okHttp().build()));
    closed(server);
    Recorder<ConnectionState> states = states(client);
    var unused = client.connect();
    status(states, ConnectionStatus.CONNECTED);
    ConnectionState lost = waiting(states);
    assertThat(lost.nextDelay()).isEqualTo(seconds(2));
    clock.advance(seconds(2));
    status(states, ConnectionStatus.CONNECTED);
    assertThat(server.requests()).isEqualTo(2);
    server.close();
    assertThat(threads.uncaught()).isEmpty();
    assertThat(lost.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
    return lost.cause().description();
  }

  private static void writeWithoutEnd(int first, int then, byte[] payload, OutputStream out)
      throws IOException {
    out.write(frames(1, first, payload));
    byte[] more = frames(FRAMES_AT_ONCE, then, payload);
    while (true) {
      out.write(more);
    }
  }

  private static byte[] frames(int count, int first, byte[] payload) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      frames.write(first);
      frames.write(payload.length);
      frames.writeBytes(payload);
    }
    return frames.toByteArray();
  }
}
