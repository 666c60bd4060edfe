package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.listener.OverflowStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** uvicorn's own pings, and its close when there is no pong, while listeners are blocked. */
class KeepAliveTest extends InteropTest {

  private static final String UPDATE =
      "{\"type\": \"agent_status\", \"agent_id\": \"a\", \"agent_name\": \"A\", \"status\": \"IDLE\"}";

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RealServer.with(
        Map.of("AGENTCRAFT_RECEIVE_TIMEOUT", "0.2"),
        "--ws-ping-interval",
        "0.5",
        "--ws-ping-timeout",
        "2");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aStuckListenerCostsNoConnectionWhileTheQueueHasRoom() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client =
          client(proxy.url(), options -> options.webSocketPingInterval(Duration.ofSeconds(1)));
      client.onAgentStatus(update -> await(released));
      Await.get(client.connect());
      server.broadcast(UPDATE);
      server.broadcast(UPDATE);

      // Five pings a second: longer than uvicorn's ping interval and timeout together.
      server.await(id(client), "pongs", 18);

      List<WireFrames.Frame> in = proxy.connections().get(0).serverFrames();
      List<WireFrames.Frame> out = proxy.connections().get(0).clientFrames();
      assertThat(count(in, WireFrames.PING)).isGreaterThan(2);
      assertThat(count(out, WireFrames.PONG)).isGreaterThan(1);
      assertThat(count(out, WireFrames.PING)).isGreaterThan(1);
      assertThat(count(in, WireFrames.PONG)).isPositive();
      assertThat(proxy.connections()).hasSize(1);
      assertThat(client.connectionState().isConnected()).isTrue();
    } finally {
      released.countDown();
    }
  }

  @Test
  void aStuckReaderLosesItsConnectionAndComesBack() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try {
      AgentCraftClient client =
          client(server.url(), options -> options.callbackQueue(1, OverflowStrategy.BLOCK));
      client.onAgentStatus(update -> await(released));
      Await.get(client.connect());
      String id = id(client);
      for (int i = 0; i < 4; i++) {
        server.broadcast(UPDATE);
      }
      server.await(id, "handlers ended", 1);
      ClientRecorder received = new ClientRecorder(client);
      released.countDown();

      DisconnectCause cause = received.loss().cause();
      // The close frame is behind pings; if answering those fails first, its code is never read.
      if (cause instanceof DisconnectCause.ClosedByServer closed) {
        assertThat(closed.code()).isEqualTo(1011);
      } else {
        assertThat(cause).isInstanceOf(DisconnectCause.ConnectionLost.class);
      }
      received.next(ConnectionStatus.CONNECTED);
      assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    } finally {
      released.countDown();
    }
  }

  private static long count(List<WireFrames.Frame> frames, int opcode) {
    return frames.stream().filter(frame -> frame.opcode() == opcode).count();
  }

  /** Blocks a listener for as long as the server takes. */
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
