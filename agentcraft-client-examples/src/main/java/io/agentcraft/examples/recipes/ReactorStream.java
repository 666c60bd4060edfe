package io.agentcraft.examples.recipes;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.view.AgentChange;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/**
 * Reads changes of agents as a Project Reactor {@code Flux} and prints the last message of the first three agents that finish.
 *
 * <p>To run it: {@code java -cp agentcraft.jar io.agentcraft.examples.recipes.ReactorStream ws://localhost:8000}
 */
public final class ReactorStream {

  private ReactorStream() {}

  /**
   * Runs the recipe.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "ws://localhost:8000";
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      Flux<String> finished = finished(client).take(3);
      // Subscribes before connect(), so that no message is missed.
      var printed = finished.doOnNext(System.out::println).then().toFuture();
      client.connect().join();
      printed.join();
    }
  }

  static Flux<String> finished(AgentCraftClient client) {
    return JdkFlowAdapter.flowPublisherToFlux(client.agentChanges())
        .filter(AgentChange::isEnd)
        .map(change -> change.now().displayName() + ": " + change.now().message());
  }
}
