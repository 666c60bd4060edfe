package io.agentcraft.client.interop;

import static io.agentcraft.client.interop.WireFrames.CLOSE;
import static io.agentcraft.client.interop.WireFrames.PONG;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** uvicorn's own pings, and its close when there is no pong, while listeners are blocked. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class KeepAliveTest extends InteropTest {

  private static final String UPDATE =
      "{\"type\": \"agent_status\", \"agent_id\": \"a\", \"agent_name\": \"A\", \"status\": \"IDLE\"}";

  private static final String SOON = "0.5";

  @Test
  void aStuckListenerCostsNoConnectionWhileTheQueueHasRoom() throws Exception {
    // The timeout is uvicorn's own: however busy this machine is, a pong takes less than that.
    RealServer server = closed(server("20"));
    CountDownLatch released = new CountDownLatch(1);
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client =
          client(proxy.url(), options -> options.webSocketPingInterval(Duration.ofSeconds(1)));
      client.onAgentStatus(update -> await(released));
      Await.get(client.connect());
      server.broadcast(UPDATE);
      server.broadcast(UPDATE);

      TcpProxy.Pair wire = proxy.connections().get(0);
      Await.until("answers to uvicorn's pings", () -> count(wire.clientFrames(), PONG) > 3);
      Await.until("answers to the client's pings", () -> count(wire.serverFrames(), PONG) > 1);
      server.await(id(client), "pongs", 3);

      assertThat(proxy.connections()).hasSize(1);
      assertThat(client.connectionState().isConnected()).isTrue();
    } finally {
      released.countDown();
    }
  }

  @Test
  void aStuckReaderLosesItsConnectionAndComesBack() throws Exception {
    RealServer server = closed(server("2"));
    CountDownLatch released = new CountDownLatch(1);
    try (TcpProxy proxy = new TcpProxy(server)) {
      AgentCraftClient client =
          client(proxy.url(), options -> options.callbackQueue(1, OverflowStrategy.BLOCK));
      ClientRecorder received = new ClientRecorder(client);
      client.onAgentStatus(update -> await(released));
      Await.get(client.connect());
      received.next(ConnectionStatus.CONNECTED);
      for (int i = 0; i < 4; i++) {
        server.broadcast(UPDATE);
      }
      // Only then does the server's handler end, after further timeouts of uvicorn.
      TcpProxy.Pair wire = proxy.connections().get(0);
      Await.until("uvicorn's close frame", () -> count(wire.serverFrames(), CLOSE) > 0);
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

  private static RealServer server(String pingTimeout) throws Exception {
    return RealServer.with(
        Map.of("AGENTCRAFT_RECEIVE_TIMEOUT", "0.2"),
        "--ws-ping-interval",
        SOON,
        "--ws-ping-timeout",
        pingTimeout);
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
