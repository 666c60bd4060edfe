package io.agentcraft.examples;

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

/** A test of a listener: the extension brings a server of its own and a client that is connected to it. As in the README. */
@AgentCraftTest
class WatcherTest {

  @Test
  void hearsOfTheAgent(ReferenceServer server, AgentCraftClient client) throws Exception {
    BlockingQueue<AgentStatusUpdate> heard = new LinkedBlockingQueue<>();
    client.onAgentStatus(heard::add);

    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");

    assertThat(heard.poll(10, TimeUnit.SECONDS).progress()).isEqualTo(42);
  }
}
