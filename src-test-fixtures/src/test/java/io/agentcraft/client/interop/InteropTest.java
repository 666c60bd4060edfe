package io.agentcraft.client.interop;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Closes in the end what a test opened. Attempts follow each other fast, since each costs real time here. */
@Interop
abstract class InteropTest {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  <C extends AutoCloseable> C closed(C closeable) {
    open.push(closeable);
    return closeable;
  }

  AgentCraftClient client(String url) {
    return client(url, options -> options);
  }

  AgentCraftClient client(String url, UnaryOperator<AgentCraftClientBuilder> options) {
    ExponentialBackoff soon = ExponentialBackoff.defaults()
        .withDelays(Duration.ofMillis(50), Duration.ofMillis(250))
        .withMaxAttempts(ExponentialBackoff.UNLIMITED);
    return closed(
        options.apply(AgentCraftClient.builder(url).reconnectPolicy(soon)).build());
  }

  AgentCraftClient connected(String url) {
    AgentCraftClient client = client(url);
    Told.get(client.connect());
    return client;
  }

  static String id(AgentCraftClient client) {
    String id = client.connectionState().clientId();
    if (id == null) {
      throw new AssertionError("never connected");
    }
    return id;
  }
}
