package io.agentcraft.examples.guides;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the examples of README.md against the reference server; its test is {@link ProgressTest}. */
class ReadmeTest {

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void listens(WireForm form) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        CapturedOutput out = new CapturedOutput()) {
      Future<?> listening = thread.submit(() -> {
        listen(server.url());
        return null;
      });
      server.awaitConnection();
      out.awaitLine("CONNECTED");

      server.startSession("session_1", "Index the repository", "Java Indexer");
      server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");

      out.awaitLine("Java Indexer: PROCESSING Indexing");
      listening.cancel(true);
      server.awaitDisconnect();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void publishes() throws InterruptedException {
    try (ReferenceServer server = ReferenceServer.start();
        FrameWatcher watcher = new FrameWatcher(server);
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      publish(client, List.of("README.md", "pom.xml"));

      watcher.await("\"status\":\"COMPLETED\"", "2 files indexed");
    }
  }

  private static void listen(String url) throws InterruptedException {
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      client.onAgentChange(change -> {
        AgentView agent = change.now();
        System.out.println(agent.displayName() + ": " + agent.status() + " " + agent.message());
      });
      client.onConnectionState(state -> System.out.println(state.status()));
      client.connect().join();
      new CountDownLatch(1).await(); // listens until the program is stopped
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the receipts are of no interest here
  private static void publish(AgentCraftClient client, List<String> files) {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    try (AgentTask task = agent.task("Index the repository")) {
      for (int i = 0; i < files.size(); i++) {
        task.progress(100.0 * i / files.size(), "Indexing " + files.get(i));
      }
      task.complete(files.size() + " files indexed");
    }
  }
}
