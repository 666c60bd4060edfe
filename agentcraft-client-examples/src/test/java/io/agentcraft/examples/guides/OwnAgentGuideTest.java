package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.view.SessionChange.Kind;
import io.agentcraft.testing.AgentCraftTest;
import io.agentcraft.testing.ReferenceServer;
import org.junit.jupiter.api.Test;

/** Runs the example of a test of one's own agent in src-test-fixtures/README.md. */
class OwnAgentGuideTest {

  @Test
  @AgentCraftTest
  void theIndexerTellsWhatItFound(ReferenceServer server) {
    runIndexer(server.url());

    assertThat(server.awaitAgent("Indexer", AgentStatus.COMPLETED).message()).isEqualTo("3 files");
    assertThat(server.awaitSession("Index the folder", Kind.COMPLETED).agents()).hasSize(1);
  }

  private static void runIndexer(String url) {
    try (AgentCraftClient client = AgentCraftClient.builder(url).build()) {
      client.agent("agent-7", "Indexer").task("Index the folder").complete("3 files");
    }
  }
}
