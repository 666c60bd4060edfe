package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes as an agent: single statuses first, then a task with progress, a handoff and an end. No call blocks; each
 * returns a receipt, and an update that a newer one replaces is not sent.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.PublishAsAgent ws://localhost:8000}
 */
public final class PublishAsAgent {

  private PublishAsAgent() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      AgentPublisher agent = client.agent("agent-7", "Java Indexer");
      System.out.println(read(agent).join());
      System.out.println(
          index(agent, List.of("README.md", "pom.xml", "Main.java")).join());
    }
  }

  /** Waits for nothing but the last receipt. */
  static CompletableFuture<PublishReceipt> read(AgentPublisher agent) {
    agent.analyzing("Looking around");
    agent.processing(50, "Half of the files are read");
    return agent.completed("All files are read");
  }

  /** A task that is closed before it is complete publishes an error. */
  static CompletableFuture<PublishReceipt> index(AgentPublisher agent, List<String> files) {
    try (AgentTask task = agent.withMetadata("task_id", "t-9").task("Index the repository")) {
      for (int i = 0; i < files.size(); i++) {
        task.progress(100.0 * i / files.size(), "Indexing " + files.get(i));
      }
      task.handOff("Security Specialist", "The index needs a review");
      return task.complete(files.size() + " files indexed");
    }
  }
}
