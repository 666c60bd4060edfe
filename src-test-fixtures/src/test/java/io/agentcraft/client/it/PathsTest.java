package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PathsTest extends PublishingTest {

  @Test
  void theServerIsAskedOnceAndNoUpdateWaitsForARelayThatNeverComes() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient client = client(server.url(), options -> options);
    Recorder<String> seen = new Recorder<>();
    client.onSessionEvent(event -> {
      if (event.kind() == SessionEvent.Kind.AGENT_STATUS_UPDATE) {
        seen.add(event.state().activeAgents().get(0).currentTask());
      }
    });
    connected(client);
    AgentPublisher agent = client.agent("a", "Agent");
    // The clock stands still.
    assertThat(fate(agent.processing(10, "first"))).isEqualTo("HTTP");
    assertThat(seen.next()).isEqualTo("first");
    assertThat(fate(agent.completed("second"))).isEqualTo("HTTP");
    assertThat(seen.next()).isEqualTo("second");
    assertThat(fate(client.agent("b", "Other").completed("third"))).isEqualTo("HTTP");
    assertThat(seen.next()).isEqualTo("third");
    assertThat(server.receivedFrames().stream().map(frame -> frame.message().type()))
        .containsExactly("get_session_state", "get_session_logs");
  }

  @Test
  void publishingConnectsByItself() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client = client(server.url(), options -> options);
    assertThat(fate(client.agent("a", "Agent").completed("done"))).isEqualTo("HTTP");
    assertThat(client.connectionState().isConnected()).isTrue();
  }

  @Test
  void anAgentThatPublishesOverHttpOpensNoWebSocket() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient client =
        client(server.url(), options -> options.publishTransport(PublishTransport.HTTP));
    AgentPublisher agent = client.agent("a", "Agent");
    assertThat(fate(agent.processing(1, "one"))).isEqualTo("HTTP");
    assertThat(fate(agent.completed("two"))).isEqualTo("HTTP");
    client.close();
    assertThat(server.connections()).isEmpty();
  }

  private static AgentCraftClientBuilder overWebSocket(AgentCraftClientBuilder options) {
    return options.publishTransport(PublishTransport.WEBSOCKET);
  }

  @Test
  void twoClientsPublishForOneAgent() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient watcher = client(server.url(), options -> options);
    Recorder<String> seen = new Recorder<>();
    watcher.onAgentStatus(update -> seen.add(update.message()));
    connected(watcher);
    // A client knows that it is connected before the server does.
    server.awaitConnections(1);
    AgentPublisher one = connected(server, PathsTest::overWebSocket).agent("shared", "One");
    AgentPublisher two = connected(server, PathsTest::overWebSocket).agent("shared", "Two");
    for (int i = 0; i < 10; i++) {
      assertThat(fate(one.processing(i, "one " + i))).isEqualTo("WEBSOCKET");
      assertThat(fate(two.processing(i, "two " + i))).isEqualTo("WEBSOCKET");
      assertThat(seen.next()).isEqualTo("one " + i);
      assertThat(seen.next()).isEqualTo("two " + i);
      advance(2);
    }
    CompletableFuture<PublishReceipt> same = one.completed("done");
    CompletableFuture<PublishReceipt> sameToo = two.completed("done");
    assertThat(fate(same)).isEqualTo("WEBSOCKET");
    assertThat(fate(sameToo)).isEqualTo("WEBSOCKET");
    assertThat(server.droppedFrames()).isZero();
  }

  @Test
  void aListenerMayPublishAndWaitForIt() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client = client(server.url(), options -> options);
    Recorder<String> fates = new Recorder<>();
    client.onActiveSessions(
        sessions -> fates.add(fate(client.agent("a", "Agent").completed("heard"))));
    connected(client);
    assertThat(fates.next()).isEqualTo("HTTP");
  }
}
