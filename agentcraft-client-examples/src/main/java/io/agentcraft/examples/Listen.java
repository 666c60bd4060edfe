package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import java.util.concurrent.CountDownLatch;

/** Connects and prints what the agents do, until it is stopped. Argument: the server's URL. */
public final class Listen {

  private Listen() {}

  /**
   * Runs the example.
   *
   * @param args the server's URL
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      client.onAgentStatus(update -> System.out.printf(
          "%s: %s %.0f %% %s%n",
          update.agentName(), update.status(), update.progress(), update.message()));
      client.onLogLine(line -> System.out.println(line.level() + " " + line.message()));
      client.onConnectionState(state -> System.out.println(state.status()));
      client.connect().join();
      new CountDownLatch(1).await();
    }
  }
}
