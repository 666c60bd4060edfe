package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.testing.AgentCraftTest;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.net.URL;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The extension gives each test a server and a client, whichever JUnit runs it. */
@AgentCraftTest
class WatcherTest {

  @Test
  void receivesTheStatus(ReferenceServer server, AgentCraftClient client) throws Exception {
    assertTrue(client.connectionState().isConnected());
    BlockingQueue<AgentStatusUpdate> updates = new LinkedBlockingQueue<>();
    client.onAgentStatus(updates::add);
    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
    AgentStatusUpdate update = updates.poll(10, TimeUnit.SECONDS);
    assertNotNull(update);
    assertEquals(42, update.progress());
  }

  @Nested
  @AgentCraftTest(form = WireForm.DEPLOYED)
  class OfTheOtherForm {

    @Test
    void hasAServerOfItsOwn(ReferenceServer server) {
      assertTrue(server.url().contains("127.0.0.1"));
    }
  }

  @Test
  void runsUnderTheJUnitThatWasAskedFor() {
    URL jar = Test.class.getProtectionDomain().getCodeSource().getLocation();
    String version = System.getProperty("expected.junit");
    assertTrue(jar.getPath().endsWith("-" + version + ".jar"), () -> jar + ", not " + version);
  }
}
