package io.agentcraft.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.AgentCraftTest;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A test of your own listener: the extension starts a server for each test and connects a client to it.
 *
 * <p>To run it: {@code mvn test -Dtest=WatcherTest}
 */
@AgentCraftTest
class WatcherTest {

  @Test
  void receivesTheStatus(ReferenceServer server, AgentCraftClient client) throws Exception {
    BlockingQueue<AgentStatusUpdate> updates = new LinkedBlockingQueue<>();
    client.onAgentStatus(updates::add);

    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");

    assertThat(updates.poll(10, TimeUnit.SECONDS).progress()).isEqualTo(42);
  }
}
