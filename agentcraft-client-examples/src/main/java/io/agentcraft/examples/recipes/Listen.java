package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.view.AgentView;
import java.util.concurrent.CountDownLatch;

/**
 * Connects to a server and prints what its agents do, until the program is stopped.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.Listen ws://localhost:8000}
 */
public final class Listen {

  private Listen() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      client.onAgentChange(change -> {
        AgentView agent = change.now();
        System.out.println(agent.displayName() + ": " + agent.status() + " " + agent.message());
      });
      client.onSessionChange(
          change -> System.out.println(change.now().sessionId() + ": " + change.kind()));
      client.onLogLine(line -> System.out.println(line.level() + " " + line.message()));
      client.onConnectionState(state -> System.out.println(state.status()));
      client.connect().join();
      new CountDownLatch(1).await();
    }
  }
}
