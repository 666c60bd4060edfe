package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrainTimeoutTest extends PublishingTest {

  private static final Duration GRACE = Duration.ofSeconds(2);

  @Test
  void whatWasPublishedJustBeforeTheCloseIsStillDelivered() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client = client(
        server.url(),
        options -> options.publishTransport(PublishTransport.WEBSOCKET).drainTimeout(GRACE));
    CompletableFuture<PublishReceipt> last = client.agent("a", "Agent").completed("done");
    CompletableFuture<Void> closed = client.closeAsync();
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    Await.get(closed);
    assertThat(overWebSocket(server)).containsExactly("done");
    assertThat(Await.failure(client.agent("a", "Agent").completed("late")))
        .isInstanceOf(ClientClosedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void whereThereIsAnEndpointItIsDeliveredOverHttpAtOnce(WireForm form) {
    ReferenceServer server = server(options -> options.form(form));
    AgentCraftClient client = client(server.url(), options -> options.drainTimeout(GRACE));
    CompletableFuture<PublishReceipt> last = client.agent("a", "Agent").completed("done");
    CompletableFuture<Void> closed = client.closeAsync();
    assertThat(fate(last)).isEqualTo("HTTP");
    Await.get(closed);
    assertThat(overWebSocket(server)).isEmpty();
  }

  @Test
  void afterTheGraceWhatIsLeftFails() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient client = connected(client(
        server.url(),
        options -> options.publishTransport(PublishTransport.WEBSOCKET).drainTimeout(GRACE)));
    CompletableFuture<PublishReceipt> last = client.agent("a", "Agent").completed("done");
    CompletableFuture<Void> closed = client.closeAsync();
    advance(2);
    assertThat(Await.failure(last)).isInstanceOf(ClientClosedException.class);
    Await.get(closed);
  }
}
