package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers at one address: which of them receives posted updates, and what the receipts are. */
class HttpBaseUrlTest extends PublishingTest {

  private ReferenceServer ours;
  private ReferenceServer theirs;
  private PrefixProxy proxy;
  private Recorder<String> atOurs;
  private Recorder<String> atTheirs;

  @BeforeEach
  void start() {
    ours = server(options -> options.form(WireForm.DEPLOYED));
    theirs = server(options -> options.form(WireForm.DEPLOYED));
    proxy = closed(new PrefixProxy("/team/a", ours, theirs));
    atOurs = messagesAt(ours);
    atTheirs = messagesAt(theirs);
  }

  /** Records the messages of the updates that a server sends to a client of its own. */
  private Recorder<String> messagesAt(ReferenceServer server) {
    Recorder<String> messages = new Recorder<>();
    AgentCraftClient watcher = client(server.url(), options -> options);
    watcher.onSessionEvent(event -> {
      if (event.kind() == SessionEvent.Kind.AGENT_STATUS_UPDATE) {
        messages.add(event.state().activeAgents().get(0).currentTask());
      }
    });
    watcher.onAgentStatus(update -> messages.add(update.message()));
    connected(watcher);
    server.awaitConnections(1);
    return messages;
  }

  /** The proxy rewrites the path of the first request of a connection only. */
  private static AgentCraftClientBuilder onePost(AgentCraftClientBuilder options) {
    return options.publishTransport(PublishTransport.HTTP).publishForm(PublishForm.AGENT_STATUS);
  }

  private AgentCraftClient connected(String path, UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = connected(client(proxy.url(path), options));
    // The other connection is the watcher's.
    ours.awaitConnections(2);
    return client;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/team/a/api/ws/agent-tracking",
        "/team/a/api/ws/agent-tracking/",
        "/team/a/api/ws/agent-tracking/client_17_abc"
      })
  void postsGoBelowThePrefixOfTheSocket(String path) {
    AgentCraftClient client = connected(path, HttpBaseUrlTest::onePost);
    assertThat(fate(client.agent("a", "Agent").completed("done"))).isEqualTo("HTTP");
    assertThat(atOurs.next()).isEqualTo("done");
    assertThat(atTheirs.rest()).isEmpty();
  }

  @Test
  void withoutASocketToo() {
    AgentCraftClient client =
        client(proxy.url("/team/a/ws/agent-tracking"), HttpBaseUrlTest::onePost);
    assertThat(fate(client.agent("a", "Agent").completed("done"))).isEqualTo("HTTP");
    assertThat(atOurs.next()).isEqualTo("done");
    assertThat(atTheirs.rest()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HTTP"})
  void whatGoesToAnotherServerIsNotCalledDelivered(PublishTransport transport) {
    AgentCraftClient client = connected(
        "/team/a/api/ws/agent-tracking",
        options -> options.publishTransport(transport).httpBaseUrl(proxy.url("")));
    AgentPublisher agent = client.agent("a", "Agent");
    CompletableFuture<PublishReceipt> first = agent.completed("one");
    assertThat(atTheirs.next()).isEqualTo("one");
    endsInTime(first);
    assertThat(fate(first)).isEqualTo("accepted");
    assertThat(Await.get(first).isDelivered()).isFalse();
    // The clock stands still: later receipts do not wait.
    assertThat(fate(agent.completed("two"))).isEqualTo("accepted");
    assertThat(fate(client.agent("b", "Other").completed("three"))).isEqualTo("accepted");
    assertThat(atOurs.rest()).isEmpty();
  }

  @Test
  void whereTheBaseIsNotKnownNothingIsGuessed() {
    AgentCraftClient client = client(
        proxy.url("/team/a/sockets"), options -> options.publishTransport(PublishTransport.HTTP));
    assertThat(Await.failure(client.agent("a", "Agent").completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("does not end in /ws/agent-tracking")
        .hasMessageContaining("httpBaseUrl(…)");
    assertThat(atTheirs.rest()).isEmpty();
  }
}
