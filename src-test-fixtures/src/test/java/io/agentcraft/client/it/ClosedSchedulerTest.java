package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A manual scheduler that is closed before the client and the server that use it: both can still be closed. */
class ClosedSchedulerTest {

  @Test
  void clientAndServerStillClose() {
    ManualScheduler time = new ManualScheduler();
    ReferenceServer server = ReferenceServer.builder().scheduler(time).start();
    AgentCraftClient client = AgentCraftClient.builder(server.url("/ws/agent-tracking"))
        .scheduler(time)
        .build();
    Await.get(client.connect());
    time.close();

    assertThatThrownBy(() -> time.schedule(Duration.ZERO, () -> {}))
        .hasMessageContaining("Close it after the clients and servers");
    assertThatThrownBy(() -> server.sendRaw("x")).hasMessageContaining("scheduler is closed");
    Await.failure(client.getSessionState("session_1"), ClientClosedException.class);
    Await.get(client.closeAsync());
    client.close();
    server.close();
  }
}
