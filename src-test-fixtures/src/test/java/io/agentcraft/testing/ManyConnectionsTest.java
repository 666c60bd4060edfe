package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with many clients is slow, but not stuck. */
@Timeout(120)
class ManyConnectionsTest {

  private static final int CLIENTS = 700;
  private static final int UPDATES = 700;
  private static final byte[] UPDATE = WireClient.frameOf(
      WireClient.TEXT,
      ("{\"type\":\"agent_status\",\"agent_id\":\"a\",\"agent_name\":\"A\",\"status\":\"IDLE\","
              + "\"progress\":5,\"message\":\"\",\"timestamp\":\"2026-01-01T00:00:00Z\"}")
          .getBytes(StandardCharsets.UTF_8));

  @Test
  void canBeCutWhileEveryUpdateGoesToEveryone() throws Exception {
    List<WireClient> clients = new ArrayList<>();
    try (ReferenceServer server = ReferenceServer.builder().unlimitedFrames().start()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(WireClient.open(server.url(), "/ws/agent-tracking/client_" + i + "_a"));
      }
      server.awaitConnections(CLIENTS);
      for (int i = 0; i < UPDATES; i++) {
        clients.get(i % 10).write(UPDATE);
      }
      server.awaitFrame("agent_status");

      server.faults().cutConnections();

      for (WireClient client : clients) {
        client.readToEnd();
      }
      assertThat(server.awaitConnections(0)).isEmpty();
    } finally {
      for (WireClient client : clients) {
        client.close();
      }
    }
  }
}
