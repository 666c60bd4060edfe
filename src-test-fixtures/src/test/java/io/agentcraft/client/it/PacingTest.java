package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PacingTest extends PublishingTest {

  /** How many of the 60 frames a minute an agent may use for its final updates. */
  private static final int FINALS_A_WINDOW = 52;

  private static final int WINDOW_SECONDS = 65;

  @Test
  void fiftyUpdatesASecondForTwoMinutesAndTheServerDropsNone() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient watcher = client(server.url(), options -> options);
    Recorder<AgentStatusUpdate> ends = new Recorder<>();
    watcher.board();
    watcher.onAgentStatus(update -> {
      if (update.status().isFinal()) {
        ends.add(update);
      }
    });
    connected(watcher);
    // A client knows that it is connected before the server does.
    server.awaitConnections(1);
    AgentPublisher agent = connected(
            server, options -> options.publishTransport(PublishTransport.WEBSOCKET))
        .agent("a", "Busy");
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 50 * 120; i++) {
      receipts.add(agent.processing(i / 60.0, "step " + i));
      if (i > 0) {
        // Superseded at once, or on its way and relayed without any time passing.
        Await.get(receipts.get(i - 1));
      }
      advance(0.02);
    }
    CompletableFuture<PublishReceipt> last = agent.completed("done");
    assertThat(fate(last)).isEqualTo("WEBSOCKET");

    assertThat(server.droppedFrames()).isZero();
    assertThat(overWebSocket(server))
        .hasSizeBetween(72, 100)
        .doesNotHaveDuplicates()
        .endsWith("done");
    assertThat(receipts).allMatch(receipt -> receipt.toCompletableFuture().isDone());
    assertThat(ends.next().message()).isEqualTo("done");
    assertThat(watcher.board().snapshot().agent("a"))
        .hasValueSatisfying(view -> assertThat(view.status()).isEqualTo(AgentStatus.COMPLETED));
  }

  @Test
  void twoHundredAgentsAtOnceOverOneSocket() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client =
        connected(server, options -> options.publishTransport(PublishTransport.WEBSOCKET));
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      names.add("end " + i);
      receipts.add(client.agent("agent " + i, "Agent " + i).completed("end " + i));
    }
    for (int from = 0; from < 200; from += FINALS_A_WINDOW) {
      receipts
          .subList(from, Math.min(200, from + FINALS_A_WINDOW))
          .forEach(receipt -> assertThat(fate(receipt)).isEqualTo("WEBSOCKET"));
      advance(WINDOW_SECONDS);
    }
    assertThat(overWebSocket(server)).containsExactlyElementsOf(names);
    assertThat(server.droppedFrames()).isZero();
  }

  @Test
  void twoHundredAgentsAtOnceOverHttp() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient watcher = client(server.url(), options -> options);
    Recorder<AgentStatusUpdate> seen = new Recorder<>();
    watcher.onAgentStatus(seen::add);
    connected(watcher);
    server.awaitConnections(1);
    AgentCraftClient client = client(
        server.url(),
        options ->
            options.publishTransport(PublishTransport.HTTP).publishForm(PublishForm.AGENT_STATUS));
    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      receipts.add(client.agent("agent " + i, "Agent " + i).completed("end " + i));
    }
    receipts.forEach(receipt -> assertThat(fate(receipt)).isEqualTo("HTTP"));
    List<String> agents = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      agents.add(seen.next().agentId());
    }
    assertThat(agents).doesNotHaveDuplicates();
  }
}
