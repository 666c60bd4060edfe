package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferenceServerTest {

  private final ReferenceServer server = ReferenceServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsSessionsOnConnectAndOnChange() throws Exception {
    server.startSession("session_1", "Why?", "Researcher", "Writer");
    try (RawClient client = RawClient.start(server.url("/ws/agent-tracking/client_1_a"))) {
      ActiveSessions first = client.take(ActiveSessions.class);
      assertThat(first.totalSessions()).isEqualTo(1);
      assertThat(first.sessions().get(0).query()).isEqualTo("Why?");

      server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, 40, "Writing");

      assertThat(client.take(AgentStatusUpdate.class).progress()).isEqualTo(40);
      assertThat(client.take(ActiveSessions.class).sessions().get(0).agentsActive())
          .isEqualTo(1);
    }
  }

  @Test
  void answersAndRemembers() throws Exception {
    server.startSession("session_1", "Why?", "Researcher");
    try (RawClient client = RawClient.connect(server)) {
      client.send("{\"type\":\"get_session_state\",\"session_id\":\"session_1\"}");
      assertThat(client.take(SessionState.class).state().activeAgents()).hasSize(1);
      assertThat(server.awaitFrame("get_session_state").connection())
          .isSameAs(server.awaitConnection());
    }
    assertThat(server.awaitDisconnect().isOpen()).isFalse();
    assertThat(server.openConnections()).isEmpty();
  }

  @Test
  void cutsWithoutACloseFrame() throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      server.faults().cutConnections();
      assertThat(client.end().failure()).isNotNull();
      assertThat(server.openConnections()).isEmpty();
    }
  }
}
