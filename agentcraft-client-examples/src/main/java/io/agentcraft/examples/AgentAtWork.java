package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An agent that publishes what it does. Argument: the server's URL. */
public final class AgentAtWork {

  private AgentAtWork() {}

  /**
   * Runs the example.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      AgentPublisher agent = client.agent("agent-7", "Java Indexer");
      System.out.println(index(agent, List.of("README.md", "pom.xml", "Main.java"))
          .toCompletableFuture()
          .join());
    }
  }

  static CompletionStage<PublishReceipt> index(AgentPublisher agent, List<String> files) {
    try (AgentTask task = agent.withMetadata("task_id", "t-9").task("Index the repository")) {
      for (int i = 0; i < files.size(); i++) {
        task.progress(100.0 * i / files.size(), "Indexing " + files.get(i));
      }
      task.handOff("Security Specialist", "The index needs a review");
      return task.complete(files.size() + " files indexed");
    }
  }
}
