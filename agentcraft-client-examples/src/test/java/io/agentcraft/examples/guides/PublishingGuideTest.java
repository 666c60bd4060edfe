package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the examples of agentcraft-client/docs/publishing.md against the reference server. */
@SuppressWarnings("FutureReturnValueIgnored") // as in the guide: a receipt may be ignored
class PublishingGuideTest {

  private final ReferenceServer server =
      ReferenceServer.builder().form(WireForm.DEPLOYED).start();
  private final AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
  private final FrameWatcher watcher = new FrameWatcher(server);
  private final CapturedOutput out = new CapturedOutput();

  @AfterEach
  void close() {
    client.close();
    watcher.close();
    server.close();
    out.close();
  }

  @Test
  void publishesATask() throws Exception {
    index(client, List.of("README.md", "pom.xml"));
    watcher.await("agent_status_update", "FINISHED", "2 files indexed");
    watcher.await("\"type\":\"session_complete\"", "2 files indexed");
  }

  @Test
  void publishesATaskInTheDocumentedFormToo() throws Exception {
    try (ReferenceServer documented = ReferenceServer.start();
        FrameWatcher there = new FrameWatcher(documented);
        AgentCraftClient publisher = patient(documented.url())) {
      index(publisher, List.of("README.md", "pom.xml"));
      there.await(
          "agent_status", "COMPLETED", "2 files indexed", "\"session_status\":\"completed\"");
    }
  }

  @Test
  void publishesACrew() throws Exception {
    investigate(client);
    watcher.await("crew_output", "\"agent_name\":\"Report Writer\"");
    watcher.await("\"type\":\"session_completed\"", "\"overall_progress\":100");
  }

  @Test
  void publishesStatuses() throws Exception {
    publish(client);
    watcher.await("agent_status_update", "FINISHED", "2,113 files indexed");
    watcher.await("\"type\":\"session_complete\"");
  }

  @Test
  void runsATask() throws Exception {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    assertThat(count(agent, () -> 3)).isEqualTo(3);
    watcher.await("FINISHED", "Count the files");
    assertThatThrownBy(() -> count(agent, () -> {
          throw new FileNotFoundException("No such folder");
        }))
        .isInstanceOf(FileNotFoundException.class);
    watcher.await("\"type\":\"session_error\"", "No such folder");
  }

  @Test
  void findsTheTaskThatCodeWorksOn() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      // Waits, so that no newer update takes the tool's place.
      search(
          client.agent("agent-7", "Java Indexer"),
          pattern -> {
            grep(pattern);
            assertThatCode(() -> watcher.await("agent_status_update", "grep: " + pattern))
                .doesNotThrowAnyException();
          },
          pool);
    } finally {
      pool.shutdown();
    }
    watcher.await("\"type\":\"session_complete\"", "Searched");
  }

  @Test
  void doesWithoutTheHook() throws Exception {
    try (AgentCraftClient publisher = withoutHook(server.url())) {
      publisher.agent("agent-7", "Java Indexer").analyzing("Reading the repository");
      watcher.await("ANALYZING", "Reading the repository");
    }
  }

  @Test
  void printsWhatBecameOfAnUpdate() throws Exception {
    complete(client.agent("agent-7", "Java Indexer"));
    out.awaitLine("Delivered");
  }

  @Test
  void publishesOverHttpOnly() throws Exception {
    try (AgentCraftClient publisher = overHttp(server.url())) {
      publisher.agent("agent-7", "Java Indexer").analyzing("Reading the repository");
      watcher.await("ANALYZING", "Reading the repository");
      // The watcher's.
      assertThat(server.connections()).hasSize(1);
    }
  }

  private static AgentCraftClient patient(String url) {
    return AgentCraftClient.builder(url)
        .reconnectPolicy(ExponentialBackoff.forever())
        .build();
  }

  private static void publish(AgentCraftClient client) {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer").withMetadata("task_id", "t-9");
    agent.analyzing("Reading the repository");
    agent.processing(50, "Half of the files are indexed");
    agent.completed("2,113 files indexed");
  }

  private static void index(AgentCraftClient client, List<String> files) {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    try (AgentTask task = agent.task("Index the repository")) {
      task.thinking("Which files are new?");
      for (int i = 0; i < files.size(); i++) {
        task.progress(i, files.size(), "Indexing " + files.get(i));
      }
      task.toolStarted("grep", "Looking for secrets");
      task.toolEnded("grep", "None found");
      task.handOff("Security Specialist", "The index needs a review");
      task.complete(files.size() + " files indexed");
    }
  }

  private static void investigate(AgentCraftClient client) {
    try (SessionPublisher session = client.session("Why do webhooks fail?")) {
      AgentTask reader = session.agent("Log Reader");
      AgentTask writer = session.agent("Report Writer");
      session.phase("investigation");
      reader.step("Reading the logs of yesterday");
      reader.complete("2,113 lines read");
      writer.step("Writing the report");
      session.output("thought", "The signature is checked twice", "Report Writer");
      writer.complete("Report written");
      session.complete("The signature is checked twice");
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

  /** Stands for a tool of the reader's program. */
  private interface Tool {
    void search(String pattern);
  }

  private static void grep(String pattern) {
    AgentTask.current().ifPresent(task -> task.toolStarted("grep", pattern));
  }

  @SuppressWarnings("try") // the scope only has to be closed
  private static void search(AgentPublisher agent, Tool tool, ExecutorService pool) {
    try (AgentTask task = agent.task("Search");
        var scope = task.makeCurrent()) {
      tool.search("TODO");
      CompletableFuture.runAsync(() -> tool.search("FIXME"), task.wrap(pool)).join();
      task.complete("Searched");
    }
  }

  private static AgentCraftClient withoutHook(String url) {
    return AgentCraftClient.builder(url).shutdownHook(false).build();
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
