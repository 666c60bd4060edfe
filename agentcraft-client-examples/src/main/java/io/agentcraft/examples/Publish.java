package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.concurrent.CompletionStage;

/**
 * Publishes the status of an agent, and waits for the receipt of the last word only: the calls before it never block, and
 * what a newer one overtakes is left out. Argument: the server's URL.
 */
public final class Publish {

  private Publish() {}

  /**
   * Runs the example.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      System.out.println(publish(client).toCompletableFuture().join());
    }
  }

  static CompletionStage<PublishReceipt> publish(AgentCraftClient client) {
    AgentPublisher agent = client.agent("agent-7", "Java Indexer");
    agent.analyzing("Looking around");
    agent.processing(50, "Half of the files are read");
    return agent.completed("All files are read");
  }
}
