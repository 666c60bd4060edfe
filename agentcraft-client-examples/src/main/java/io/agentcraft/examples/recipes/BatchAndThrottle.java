package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.view.AgentView;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Limits how often listeners are called, for a user interface: at most two statuses a second for each agent, always ending
 * with the latest, and all messages in batches.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.BatchAndThrottle ws://localhost:8000}
 */
public final class BatchAndThrottle {

  private BatchAndThrottle() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      listen(client, System.out::println);
      client.connect().join();
      new CountDownLatch(1).await();
    }
  }

  static void listen(AgentCraftClient client, Consumer<String> out) {
    client.onAgentChange(Throttle.perSecond(2), change -> out.accept(line(change.now())));
    client.onAgentChanges(
        Batching.of(Duration.ofMillis(250), 500),
        changes -> out.accept(changes.size() + " changes"));
  }

  /** The progress is {@code NaN} when the server sent none. */
  private static String line(AgentView agent) {
    String progress =
        Double.isNaN(agent.progress()) ? "" : " " + Math.round(agent.displayProgress()) + " %";
    return agent.displayName() + progress + ": " + agent.message();
  }
}
