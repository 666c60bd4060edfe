package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.publish.AgentTask;
import io.agentcraft.client.publish.SessionPublisher;
import io.agentcraft.client.view.SessionChange;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits for what a person at a dashboard would have seen of an agent under test. */
class AwaitChangesTest {

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void aCrewIsSeenWhateverTheForm(WireForm form) {
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      try (SessionPublisher session = client.session("s1", "Why?")) {
        AgentTask reader = session.agent("r", "Reader");
        reader.progress(40, "Reading");
        assertThat(server.awaitAgent("Reader", AgentStatus.PROCESSING).message())
            .isEqualTo("Reading");
        reader.complete("Read");
        session.agent("w", "Writer").fail(new IOException("disk full"));
        session.complete("Because");
      }
      assertThat(server.awaitAgent("r", AgentStatus.COMPLETED).sessionId()).isEqualTo("s1");
      assertThat(server.awaitAgent("Writer", AgentStatus.ERROR).message()).contains("disk full");
      assertThat(server.awaitSession("Why?", SessionChange.Kind.COMPLETED).result())
          .isEqualTo("Because");
      assertThat(server.awaitSession("s1", SessionChange.Kind.STARTED).agents()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void everyChangeIsReturnedOnceAndAnErrorNamesWhatCameInstead(WireForm form) {
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      client.agent("a7", "Indexer").task("Index").complete("Indexed");
      assertThat(server.awaitAgent("Indexer", AgentStatus.COMPLETED).message())
          .isEqualTo("Indexed");
      server.awaitSession("Index", SessionChange.Kind.COMPLETED);
      Waits atOnce = server.within(Duration.ofMillis(1));
      assertThatThrownBy(() -> atOnce.agent("Indexer", AgentStatus.COMPLETED))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("in vain for the agent \"Indexer\" to be seen COMPLETED.")
          .hasMessageContaining("Agents and sessions as clients saw them (")
          .hasMessageContaining("Indexer ")
          .hasMessageContaining("Indexed, in the session session_");
      assertThatThrownBy(() -> atOnce.session("Index", SessionChange.Kind.FAILED))
          .hasMessageContaining("for the session \"Index\" to be seen FAILED.")
          .hasMessageContaining(" COMPLETED, \"Index\"");
    }
  }

  @Test
  void whatTheTestItselfSendsIsSeenTooAndNonsenseIsNot() {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.sendRaw("no json");
      server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
      assertThat(server.awaitAgent("a1", AgentStatus.PROCESSING).progress()).isEqualTo(40);
      server.startSession("s1", "Why?", "Researcher");
      server.completeSession("s1");
      assertThat(server.awaitSession("s1", SessionChange.Kind.COMPLETED).isEnded())
          .isTrue();
    }
  }

  @Test
  @AgentCraftTest(form = WireForm.DEPLOYED)
  void theAnnotationMayStandOnAMethod(ReferenceServer server, AgentCraftClient client) {
    client.agent("a7", "Indexer").task("Index").complete("Indexed");
    assertThat(server.awaitAgent("Indexer", AgentStatus.COMPLETED).progress()).isEqualTo(100);
    assertThat(server.awaitConnection().path()).startsWith("/api/ws/agent-tracking/");
  }
}
