package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ReconnectPolicy.Decision;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.testing.ReferenceServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User code that blocks the event loop is named while it does, even if it never returns. */
class BlockedLoopTest extends IntegrationTest {

  private final SdkLogs logs = closed(new SdkLogs());
  private final BlockingListener gate = closed(new BlockingListener());

  @ParameterizedTest
  @CsvSource({
    "policy, The reconnect policy, true",
    "policy, The reconnect policy, false",
    "metrics, The metrics object, true",
    "frames, The frame listener, true",
    "listener, A listener, true"
  })
  void isNamedInOneWarning(String kind, String name, boolean ownScheduler) {
    ReferenceServer server = server();
    AgentCraftClient other = closed(AgentCraftClient.builder(server.url()).build());
    AgentCraftClientBuilder options = options(AgentCraftClient.builder(server.url()), kind);
    if (ownScheduler) {
      options.scheduler(clock);
    }
    AgentCraftClient client = closed(options.build());
    Await.get(client.connect());
    if (kind.equals("listener")) {
      client.onConnectionState(state -> gate.block());
    }
    if (kind.equals("frames")) {
      var unused = client.send(new Pong());
    } else {
      cut(server);
    }
    gate.awaitBlocked();
    Await.until("a warning", () -> !warnings().isEmpty());
    gate.release();

    assertThat(warnings()).singleElement().asString().startsWith(name);
    assertThat(logs.everything()).anyMatch(line -> line.contains("BlockingListener.block"));
    if (!ownScheduler) {
      Await.get(other.connect());
    }
  }

  private AgentCraftClientBuilder options(AgentCraftClientBuilder options, String kind) {
    switch (kind) {
      case "policy" ->
        options.reconnectPolicy(context -> {
          gate.block();
          return Decision.retryAfter(seconds(1));
        });
      case "metrics" ->
        options.metrics(new ClientMetrics() {
          @Override
          public void reconnecting(DisconnectCause cause, int attempt) {
            gate.block();
          }
        });
      case "frames" ->
        options.frameListener((direction, text) -> {
          if (direction == Direction.OUT) {
            gate.block();
          }
        });
      default -> options.callbackExecutor(Runnable::run);
    }
    return options;
  }

  private List<String> warnings() {
    return logs.lines(Level.WARN).stream()
        .filter(line -> line.contains("has blocked the event loop"))
        .toList();
  }
}
