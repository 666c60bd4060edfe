package io.agentcraft.client.interop;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.Resources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against FastAPI on uvicorn: run by {@code -Pinterop}, and skipped where Python does not have them. Attempts follow
 * each other quickly, since each costs real time here.
 */
@Tag("interop")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(FastApiCondition.class)
abstract class InteropTest extends Resources {

  @AfterEach
  void closeAll() {
    close();
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
    Await.get(client.connect());
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
