package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReceivedFrame;
import io.agentcraft.testing.ReferenceServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the examples of agentcraft-client/docs/publishing.md against the reference server. */
@SuppressWarnings("FutureReturnValueIgnored") // as in the guide: a receipt may be ignored
class PublishingGuideTest {

  private final ReferenceServer server = ReferenceServer.start();
  private final AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
  private final CapturedOutput out = new CapturedOutput();

  @AfterEach
  void close() {
    client.close();
    server.close();
    out.close();
  }

  @Test
  void publishesStatuses() {
    publish(client);
    assertThat(awaitUpdate("2,113 files indexed").text())
        .contains("\"status\":\"COMPLETED\"")
        .contains("\"task_id\":\"t-9\"");
  }

  @Test
  void publishesATask() {
    index(client.agent("agent-7", "Java Indexer"), List.of("README.md", "pom.xml"));
    assertThat(awaitUpdate("2 files indexed").text()).contains("\"status\":\"COMPLETED\"");
  }

  @Test
  void runsATask() throws Exception {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    assertThat(count(agent, () -> 3)).isEqualTo(3);
    assertThat(awaitUpdate("\"status\":\"COMPLETED\"").text()).contains("Count the files");
    assertThatThrownBy(() -> count(agent, () -> {
          throw new FileNotFoundException("No such folder");
        }))
        .isInstanceOf(FileNotFoundException.class);
    assertThat(awaitUpdate("No such folder").text()).contains("\"status\":\"ERROR\"");
  }

  @Test
  void printsWhatBecameOfAnUpdate() throws Exception {
    complete(client.agent("agent-7", "Java Indexer"));
    out.awaitLine("Delivered");
  }

  @Test
  void publishesOverHttpOnly() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    client.onAgentStatus(update -> received.complete(update.message()));
    client.connect().get(10, TimeUnit.SECONDS);
    server.awaitConnections(1);
    try (AgentCraftClient publisher = overHttp(server.url())) {
      publisher.agent("agent-7", "Java Indexer").analyzing("Reading the repository");
      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("Reading the repository");
      assertThat(server.connections()).hasSize(1);
    }
  }

  private ReceivedFrame awaitUpdate(String part) {
    return server
        .within(Duration.ofSeconds(10))
        .frame("an update with " + part, frame -> frame.text().contains(part));
  }

  private static void publish(AgentCraftClient client) {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer").withMetadata("task_id", "t-9");
    agent.analyzing("Reading the repository");
    agent.processing(50, "Half of the files are indexed");
    agent.completed("2,113 files indexed");
  }

  private static void index(AgentPublisher agent, List<String> files) {
    try (AgentTask task = agent.task("Index the repository")) {
      for (int i = 0; i < files.size(); i++) {
        task.progress(100.0 * i / files.size(), "Indexing " + files.get(i));
      }
      task.handOff("Security Specialist", "The index needs a review");
      task.complete(files.size() + " files indexed");
    }
  }

  /** Stands for the work of the reader's program. */
  private interface Repository {
    int countFiles() throws IOException;
  }

  private static int count(AgentPublisher agent, Repository repository) throws IOException {
    return agent.call("Count the files", task -> {
      task.progress(10, "Opening the repository");
      return repository.countFiles();
    });
  }

  private static void complete(AgentPublisher agent) {
    agent.completed("2,113 files indexed").whenComplete((receipt, failure) -> {
      if (failure != null) {
        System.out.println("Not published: " + failure.getMessage());
      } else if (receipt instanceof PublishReceipt.Superseded) {
        System.out.println("A newer update took its place");
      } else {
        System.out.println(receipt.isDelivered() ? "Delivered" : "Accepted by a server");
      }
    });
  }

  private static AgentCraftClient overHttp(String url) {
    return AgentCraftClient.builder(url).publishTransport(PublishTransport.HTTP).build();
  }
}
