package io.agentcraft.testing;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Builds a client, and returns it when both it and the server know that it is connected. */
final class ClientStarter {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ClientStarter() {}

  static AgentCraftClient connect(
      ReferenceServer server, Journal journal, UnaryOperator<AgentCraftClientBuilder> options) {
    int before = journal.open().size();
    AgentCraftClient client =
        options.apply(AgentCraftClient.builder(server.url())).build();
    try {
      client.connect().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      journal.await(
          PATIENCE, "the client to connect", seen -> seen.open().size() > before ? seen : null);
      return client;
    } catch (ExecutionException | TimeoutException failed) {
      client.close();
      throw new IllegalStateException(
          "The client did not connect to " + server.url() + ".", failed);
    } catch (InterruptedException interrupted) {
      client.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the client connected.", interrupted);
    }
  }
}
