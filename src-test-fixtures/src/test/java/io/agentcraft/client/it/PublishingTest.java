package io.agentcraft.client.it;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.testing.ReceivedFrame;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** A test of agents that publish: clients and servers share one clock, and nothing is sent but what a test publishes. */
abstract class PublishingTest extends IntegrationTest {

  @Override
  protected ReferenceServer server(UnaryOperator<ReferenceServerBuilder> options) {
    return super.server(
        builder -> options.apply(builder.scheduler(clock).pingInterval(Duration.ZERO)));
  }

  @Override
  protected AgentCraftClient client(String url, UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = super.client(
        url,
        builder ->
            // Closing has nothing to wait for except in tests of the drain timeout.
            options.apply(builder
                .idleTimeout(Duration.ZERO)
                .drainTimeout(Duration.ZERO)
                .publishReminder(Duration.ZERO)));
    closed(() -> {
      // After a failed test it may have much to wait for: its clock must not stand still.
      CompletableFuture<Void> closing = client.closeAsync();
      advance(30);
      Await.get(closing);
    });
    return client;
  }

  AgentCraftClient connected(
      ReferenceServer server, UnaryOperator<AgentCraftClientBuilder> options) {
    int before = server.openConnections().size();
    AgentCraftClient client = connected(client(server.url(), options));
    server.awaitConnections(before + 1);
    return client;
  }

  static AgentCraftClient connected(AgentCraftClient client) {
    Await.get(client.connect());
    return client;
  }

  void advance(double seconds) {
    clock.advance(Duration.ofNanos((long) (seconds * 1e9)));
  }

  /** Waits for a future's value while the clock goes on, a second at a time. */
  void endsInTime(CompletableFuture<?> future) {
    for (int i = 0; i < 200; i++) {
      try {
        Object unused = future.get(100, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        advance(1);
      } catch (ExecutionException | InterruptedException unexpected) {
        throw new AssertionError("The future has no value: " + unexpected, unexpected);
      }
    }
    throw new AssertionError("The future did not complete within 200 s.");
  }

  /** Waits for a receipt: the transport that delivered the update, {@code accepted} or {@code superseded}. */
  static String fate(CompletableFuture<PublishReceipt> future) {
    PublishReceipt receipt = Await.get(future);
    if (receipt instanceof PublishReceipt.Delivered delivered) {
      return delivered.transport().name();
    }
    return receipt instanceof PublishReceipt.Accepted ? "accepted" : "superseded";
  }

  /** The messages of the updates that arrived over WebSockets and were not dropped. */
  static List<String> overWebSocket(ReferenceServer server) {
    return server.receivedFrames().stream()
        .filter(frame -> !frame.dropped())
        .map(ReceivedFrame::message)
        .filter(AgentStatusUpdate.class::isInstance)
        .map(message -> ((AgentStatusUpdate) message).message())
        .toList();
  }
}
