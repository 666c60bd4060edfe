package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.AgentCraftTest;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@AgentCraftTest
class ProgressTest {

  @Test
  void receivesProgress(ReferenceServer server, AgentCraftClient client) throws Exception {
    CompletableFuture<AgentStatusUpdate> received = new CompletableFuture<>();
    client.onAgentStatus(received::complete);

    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");

    assertThat(received.get(10, TimeUnit.SECONDS).progress()).isEqualTo(42);
  }
}
