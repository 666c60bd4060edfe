package io.agentcraft.client.it.publish;

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

class DrainTimeoutTest extends PublishingTest {

  private static final Duration GRACE = Duration.ofSeconds(2);

  @Test
  void whatWasPublishedJustBeforeTheCloseIsStillDelivered() {
    ReferenceServer server = server(options -> options);
    AgentCraftClient client = client(server.url(), options -> options.drainTimeout(GRACE));
    CompletableFuture<PublishReceipt> last = client.agent("a", "Agent").completed("done");
    CompletableFuture<Void> closed = client.closeAsync();
    assertThat(fate(last)).isEqualTo("WEBSOCKET");
    get(closed);
    assertThat(bySocket(server)).containsExactly("done");
    assertThat(failure(client.agent("a", "Agent").completed("late")))
        .isInstanceOf(ClientClosedException.class);
  }

  @Test
  void aServerThatIgnoresTheSocketGetsItByHttpInTheSecondHalf() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient client =
        connected(client(server.url(), options -> options.drainTimeout(GRACE)));
    CompletableFuture<PublishReceipt> last = client.agent("a", "Agent").completed("done");
    server.awaitFrame("agent_status");
    CompletableFuture<Void> closed = client.closeAsync();
    seconds(1);
    assertThat(fate(last)).isEqualTo("HTTP");
    get(closed);
  }

  @Test
  void afterTheGraceWhatIsLeftFails() {
    ReferenceServer server = server(options -> options.form(WireForm.DEPLOYED));
    AgentCraftClient client = connected(client(
        server.url(),
        options -> options.publishTransport(PublishTransport.WEBSOCKET).drainTimeout(GRACE)));
    CompletableFuture<PublishReceipt> last = client.agent("a", "Agent").completed("done");
    CompletableFuture<Void> closed = client.closeAsync();
    seconds(2);
    assertThat(failure(last)).isInstanceOf(ClientClosedException.class);
    get(closed);
  }
}
