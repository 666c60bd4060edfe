package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.it.Await;
import io.agentcraft.testing.RawClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** uvicorn's refusals, the search for the path, and closes after the accept. */
class HandshakeTest extends InteropTest {

  private static RealServer documented;
  private static RealServer deployed;

  @BeforeAll
  static void start() throws Exception {
    documented = RealServer.documented();
    deployed = RealServer.deployed();
  }

  @AfterAll
  static void stop() throws Exception {
    documented.close();
    deployed.close();
  }

  @Test
  void aBadIdAndAWrongPathAre403() throws Exception {
    assertThat(statusOf(documented.url() + "/ws/agent-tracking/nonsense")).isEqualTo(403);
    assertThat(statusOf(documented.url() + "/ws/nowhere/client_1_a")).isEqualTo(403);
    assertThat(statusOf(documented.url() + "/ws/agent-tracking/client_1_a")).isEqualTo(101);
  }

  @Test
  void theErrorNamesEveryPathThatWasTriedAndWhatMayBeWrong() throws Exception {
    RealServer strict =
        closed(RealServer.with(Map.of("AGENTCRAFT_CLIENT_ID_PATTERN", "^nobody_is_welcome$")));
    ConnectionFailedException error =
        Await.failure(client(strict.url()).connect(), ConnectionFailedException.class);
    assertThat(error)
        .hasMessageContaining("HTTP 403")
        .hasMessageContaining("/ws/agent-tracking")
        .hasMessageContaining("/api/ws/agent-tracking")
        .hasMessageContaining("path")
        .hasMessageContaining("client id")
        .hasMessageContaining("credentials");
    assertThat(error.disconnectCause())
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeRefused.class,
            refused -> assertThat(refused.httpStatus()).isEqualTo(403));
  }

  @Test
  void aPathThatWasGivenIsTakenAsItIs() throws Exception {
    try (TcpProxy proxy = new TcpProxy(documented)) {
      AgentCraftClient client = client(proxy.url() + "/elsewhere");
      ConnectionFailedException error =
          Await.failure(client.connect(), ConnectionFailedException.class);
      assertThat(error).hasMessageContaining("/elsewhere").hasMessageContaining("HTTP 403");
      assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.FAILED);
      assertThat(proxy.connections()).hasSize(1);
    }
  }

  @Test
  void findsThePathOfTheDeployedBackendAndKeepsIt() throws Exception {
    try (TcpProxy proxy = new TcpProxy(deployed)) {
      AgentCraftClient client = client(proxy.url());
      ClientRecorder received = new ClientRecorder(client);
      Await.get(client.connect());
      received.next(ConnectionStatus.CONNECTED);
      assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
      deployed.post("/test/die/" + id(client), "");
      received.next(ConnectionStatus.CONNECTED);
      assertThat(proxy.connections())
          .extracting(pair -> pair.request().replaceFirst("(?s)client_.*", ""))
          .containsExactly(
              "GET /ws/agent-tracking/",
              "GET /api/ws/agent-tracking/",
              "GET /api/ws/agent-tracking/");
    }
  }

  @Test
  void aCloseAfterAcceptArrivesWithCodeAndReason() throws Exception {
    AgentCraftClient client = client(documented.url());
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    documented.post("/test/close/" + id(client) + "/4001", "");
    assertThat(received.loss().cause())
        .isEqualTo(new DisconnectCause.ClosedByServer(4001, "by the test"));
    received.next(ConnectionStatus.CONNECTED);
    documented.post("/test/close/" + id(client) + "/1008", "");
    ConnectionState last = received.next(ConnectionStatus.FAILED);
    assertThat(last.cause()).isEqualTo(new DisconnectCause.ClosedByServer(1008, "by the test"));
  }

  @Test
  void aCloseOfOursReachesTheServerAs1000() throws Exception {
    AgentCraftClient client = connected(documented.url());
    String id = id(client);
    client.close();
    assertThat(documented.await(id, "handlers ended", 1).path("close_code").intValue())
        .isEqualTo(1000);
    assertThat(documented.client(id).path("in_map").asBoolean()).isFalse();
  }

  private static int statusOf(String url) {
    try (RawClient client = RawClient.start(url)) {
      return client.handshakeStatus();
    }
  }
}
