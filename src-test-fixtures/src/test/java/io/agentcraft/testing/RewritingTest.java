package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.SessionLogs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames that are replaced by others when they are sent or received. */
class RewritingTest {

  @Test
  void whatIsSentIsLostDoubledAndChanged() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      server
          .faults()
          .rewriteSent((to, text) -> text.contains("active_sessions")
              ? List.of()
              : List.of(text, text.replace("session_logs", "SESSION_LOGS " + to.clientId())));
      try (RawClient client = RawClient.start(server.url("/ws/agent-tracking/client_1_abc"))) {
        var unused = client.response();
        client.send("{\"type\":\"get_session_logs\",\"session_id\":\"s\"}");
        assertThat(client.take()).startsWith("{\"type\":\"session_logs\"");
        assertThat(client.take()).startsWith("{\"type\":\"SESSION_LOGS client_1_abc\"");
      }
    }
  }

  @Test
  void whatATestSendsGoesOutAsItIs() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      server.faults().rewriteSent((to, text) -> List.of());
      server.awaitConnection().sendRaw("as it is");
      assertThat(client.take()).isEqualTo("as it is");
    }
  }

  @Test
  void whatIsReceivedIsHandledAsRewrittenUntilItIsHealed() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        RawClient client = RawClient.connect(server)) {
      server.faults().rewriteReceived((from, text) -> List.of(text.replace("\"a\"", "\"b\"")));
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"a\"}");
      assertThat(client.take(SessionLogs.class).sessionId()).isEqualTo("b");
      assertThat(server.awaitFrame("get_session_logs").text()).contains("\"b\"");

      server.faults().healAll();
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"a\"}");
      assertThat(client.take(SessionLogs.class).sessionId()).isEqualTo("a");
    }
  }
}
