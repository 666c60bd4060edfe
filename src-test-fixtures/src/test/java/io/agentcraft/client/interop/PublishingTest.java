package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionEvent.Kind;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates of agents: relayed by the server, or broadcast over HTTP where it ignores them. */
class PublishingTest extends InteropTest {

  private RealServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void updatesAreSentOverTheWebSocketWhereTheServerRelaysThem() throws Exception {
    server = RealServer.documented();
    ClientRecorder watcher = watcher();
    AgentPublisher agent = client(
            server.url(), options -> options.publishTransport(PublishTransport.WEBSOCKET))
        .agent("agent-7", "Java Indexer – größer");

    assertThat(path(agent.processing(42.5, "Indexing ✓"))).isEqualTo(PublishTransport.WEBSOCKET);
    AgentStatusUpdate seen = watcher.next(AgentStatusUpdate.class);
    assertThat(seen.agentName()).isEqualTo("Java Indexer – größer");
    assertThat(seen.progress()).isEqualTo(42.5);
    assertThat(path(agent.completed("done"))).isEqualTo(PublishTransport.WEBSOCKET);
    assertThat(watcher.next(AgentStatusUpdate.class).status()).isEqualTo(AgentStatus.COMPLETED);
  }

  @Test
  void theDocumentedFormIsToldOverHttpWhereThereIsAnEndpoint() throws Exception {
    server = RealServer.documented();
    ClientRecorder watcher = watcher();
    AgentPublisher agent = client(server.url()).agent("agent-7", "Java Indexer");
    assertThat(path(agent.completed("done"))).isEqualTo(PublishTransport.HTTP);
    AgentStatusUpdate seen = watcher.next(AgentStatusUpdate.class);
    assertThat(seen.message()).isEqualTo("done");
    assertThat(seen.metadata()).containsEntry("session_status", "completed");
  }

  @Test
  void theDeployedFormIsToldAsSessionEvents() throws Exception {
    server = RealServer.deployed();
    ClientRecorder watcher = watcher();
    AgentPublisher agent = client(server.url()).agent("agent-7", "Java Indexer");

    assertThat(path(agent.processing(42, "Indexing"))).isEqualTo(PublishTransport.HTTP);
    assertThat(next(watcher, Kind.AGENT_STATUS_UPDATE).progress()).isEqualTo(42);
    try (AgentTask task = agent.task("Index all")) {
      task.handOff("Security Specialist", "Requires security expertise");
      assertThat(watcher.next(AgentCollaboration.class).reason())
          .isEqualTo("Requires security expertise");
      assertThat(path(task.complete("done"))).isEqualTo(PublishTransport.HTTP);
    }
    assertThat(next(watcher, Kind.SESSION_COMPLETED).status()).isEqualTo(AgentStatus.COMPLETED);
  }

  /** Waits for an event of a session of one agent, and returns the agent. */
  private static AgentState next(ClientRecorder watcher, Kind kind) {
    return watcher
        .next(SessionEvent.class, event -> event.kind() == kind)
        .state()
        .activeAgents()
        .get(0);
  }

  @Test
  void httpAloneOpensNoWebSocket() throws Exception {
    server = RealServer.deployed();
    ClientRecorder watcher = watcher();
    AgentCraftClient client =
        client(server.url(), options -> options.publishTransport(PublishTransport.HTTP));
    assertThat(path(client.agent("agent-7", "Java Indexer").completed("done")))
        .isEqualTo(PublishTransport.HTTP);
    assertThat(next(watcher, Kind.SESSION_COMPLETED).currentTask()).isEqualTo("done");
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.DISCONNECTED);
  }

  @Test
  void aFinalStatusOutlivesACrashOfTheServer() throws Exception {
    server = RealServer.documented();
    AgentCraftClient client =
        client(server.url(), options -> options.publishTransport(PublishTransport.WEBSOCKET));
    Await.get(client.connect());
    ClientRecorder received = new ClientRecorder(client);
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    path(agent.processing(42, "Indexing"));
    server.kill();
    received.loss();
    CompletableFuture<PublishReceipt> last = agent.completed("done");
    server.startAgain();
    assertThat(path(last)).isEqualTo(PublishTransport.WEBSOCKET);
    assertThat(received
            .next(AgentStatusUpdate.class, update -> update.status() == AgentStatus.COMPLETED)
            .message())
        .isEqualTo("done");
  }

  @Test
  void anUpdateOverHttpWaitsForTheServerToComeBack() throws Exception {
    server = RealServer.deployed();
    AgentCraftClient client =
        client(server.url(), options -> options.publishTransport(PublishTransport.HTTP));
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    path(agent.processing(42, "Indexing"));
    server.kill();
    CompletableFuture<PublishReceipt> last = agent.completed("done");
    server.startAgain();
    assertThat(path(last)).isEqualTo(PublishTransport.HTTP);
  }

  private ClientRecorder watcher() {
    AgentCraftClient client = client(server.url());
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    return received;
  }

  private static PublishTransport path(CompletableFuture<PublishReceipt> receipt) {
    return ((PublishReceipt.Delivered) Await.get(receipt)).transport();
  }
}
