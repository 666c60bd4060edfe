package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendingTest extends IntegrationTest {

  private static AgentStatusUpdate update(String message) {
    return AgentStatusUpdate.builder("a1", "Writer")
        .status(AgentStatus.PROCESSING)
        .progress(40)
        .message(message)
        .build();
  }

  @Test
  void whatIsSentArrivesAndIsRelayed() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<AgentStatusUpdate> relayed = new Recorder<>();
    client.onAgentStatus(relayed::add);
    connected(server, client);
    Await.get(client.send(update("Writing")));
    assertThat(server.awaitFrame(AgentStatusUpdate.class).message()).isEqualTo("Writing");
    assertThat(relayed.next().message()).isEqualTo("Writing");
  }

  @Test
  void failsWhenNotConnected() {
    AgentCraftClient client = client(server());
    assertThat(Await.failure(client.send(new Pong()), NotConnectedException.class))
        .hasMessageContaining("connect()");
  }

  @Test
  void aFrameOfMoreThan16MebibytesIsRefusedAndTheConnectionStays() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    status(states, ConnectionStatus.CONNECTED);
    assertThat(
            Await.failure(client.send(update("x".repeat(17 << 20))), SendRejectedException.class))
        .hasMessageContaining("16 MiB");
    // Two bytes a character: the length of the text is not that of the frame.
    Await.failure(client.send(update("é".repeat(9 << 20))), SendRejectedException.class);

    Await.get(client.send(update("small")));
    assertThat(server.awaitFrame(AgentStatusUpdate.class).message()).isEqualTo("small");
    assertThat(states.rest()).isEmpty();
    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void aFrameJustBelowTheLimitIsSent() {
    ReferenceServer server = server(options -> options.compression(false));
    AgentCraftClient client = connected(server, client(server));
    String large = "x".repeat((16 << 20) - 1_000);
    Await.get(client.send(update(large)));
    assertThat(server.awaitFrame(AgentStatusUpdate.class).message()).hasSize(large.length());
    assertThat(client.connectionState().isConnected()).isTrue();
  }

  @Test
  void staysBelowTheServersFramesAMinuteAndLosesNothing() {
    ReferenceServer server = server(options -> options.pingInterval(Duration.ZERO));
    AgentCraftClient client =
        connected(server, client(server, options -> options.idleTimeout(Duration.ZERO)));
    List<CompletableFuture<Void>> sent =
        IntStream.range(0, 150).mapToObj(i -> client.send(update("step " + i))).toList();
    List<String> arrived = new ArrayList<>();
    // Of the 60 frames a minute, four are kept for pongs and five for published updates.
    for (int burst : new int[] {51, 51, 48}) {
      server
          .awaitFrames("agent_status", burst)
          .forEach(frame -> arrived.add(((AgentStatusUpdate) frame.message()).message()));
      assertThat(server.receivedFrames()).hasSize(arrived.size());
      serverClock.advance(seconds(65));
      clock.advance(seconds(65));
    }
    sent.forEach(Await::get);
    assertThat(arrived)
        .isEqualTo(IntStream.range(0, 150).mapToObj(i -> "step " + i).toList());
    assertThat(server.droppedFrames()).isZero();
  }

  @Test
  void theBudgetCanBeLifted() {
    ReferenceServer server = server(options -> options.unlimitedFrames());
    AgentCraftClient client = connected(
        server,
        client(
            server, options -> options.framesPerMinute(AgentCraftClientBuilder.UNLIMITED_FRAMES)));
    IntStream.range(0, 500).mapToObj(i -> client.send(new Pong())).forEach(Await::get);
    server.awaitFrames("pong", 500);
  }
}
