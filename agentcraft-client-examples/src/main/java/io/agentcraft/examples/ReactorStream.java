package io.agentcraft.examples;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatusUpdate;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/**
 * Takes messages as a Project Reactor {@code Flux}: the final word of each of the first three agents that finish. Argument:
 * the server's URL.
 */
public final class ReactorStream {

  private ReactorStream() {}

  /**
   * Runs the example.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      Flux<String> finished = finished(client).take(3);
      // Before connect(), to miss nothing.
      var printed = finished.doOnNext(System.out::println).then().toFuture();
      client.connect().join();
      printed.join();
    }
  }

  static Flux<String> finished(AgentCraftClient client) {
    return JdkFlowAdapter.flowPublisherToFlux(client.stream(AgentStatusUpdate.class))
        .filter(update -> update.status().isFinal())
        .distinct(AgentStatusUpdate::agentId)
        .map(update -> update.agentName() + ": " + update.message());
  }
}
