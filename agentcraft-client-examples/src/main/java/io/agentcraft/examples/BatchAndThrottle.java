package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.Throttle;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Bounds how often listeners are called, for what is drawn or written somewhere: statuses at most twice a second for each
 * agent, newest first and never without the last; everything else in lists. Argument: the server's URL.
 */
public final class BatchAndThrottle {

  private BatchAndThrottle() {}

  /**
   * Runs the example.
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
    client.onAgentStatus(
        Throttle.perSecond(2), update -> out.accept(update.agentName() + ": " + update.message()));
    client.onBatch(
        Batching.of(Duration.ofMillis(250), 500),
        messages -> out.accept(messages.size() + " messages"));
  }
}
