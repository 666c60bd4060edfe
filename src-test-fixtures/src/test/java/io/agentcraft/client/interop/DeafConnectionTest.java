package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The deaf connection: the client has reconnected with the id of a connection whose end the server had not noticed. When it
 * does, its clean-up removes the new connection from its map: it stays open, but nothing is sent on it any more.
 */
class DeafConnectionTest extends InteropTest {

  private static final String FIXED = "client_1_fixed";
  private static final Duration IDLE_TIMEOUT = Duration.ofMillis(2_500);

  private RealServer server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws Exception {
    // The server pings well within the idle timeout.
    server = RealServer.with(Map.of("AGENTCRAFT_RECEIVE_TIMEOUT", "0.5"));
    proxy = new TcpProxy(server);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @Test
  void withAFixedIdTheClientNoticesAndRecovers() throws Exception {
    AgentCraftClient client = client(
        proxy.url(),
        options ->
            options.clientId(FIXED).idleTimeout(IDLE_TIMEOUT).backoffResetAfter(Duration.ZERO));
    ClientRecorder received = reconnectedBehindAHalfOpenSocket(client);

    proxy.connections().get(0).tellServer();
    assertThat(server.await(FIXED, "handlers ended", 1).path("in_map").asBoolean())
        .as("the late clean-up took the new connection off the map")
        .isFalse();
    assertThat(client.connectionState().isConnected()).isTrue();

    assertThat(received.loss().cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    received.next(ConnectionStatus.CONNECTED);
    assertThat(client.connectionState().clientId()).isEqualTo(FIXED);
    assertReceives(client, received);
  }

  @Test
  void aQuestionAskedOfADeafConnectionIsAskedAgain() throws Exception {
    AgentCraftClient client = client(
        proxy.url(),
        options -> options
            .clientId(FIXED)
            .idleTimeout(IDLE_TIMEOUT)
            .requestTimeout(Duration.ofSeconds(20)));
    ClientRecorder received = reconnectedBehindAHalfOpenSocket(client);
    proxy.connections().get(0).tellServer();
    server.await(FIXED, "handlers ended", 1);

    CompletableFuture<SessionLogs> question = client.getSessionLogs("session_missing");

    assertThat(received.loss().cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    assertThat(Await.get(question).logs()).isEmpty();
  }

  @Test
  void withTheDefaultIdsItNeverHappens() throws Exception {
    AgentCraftClient client = client(proxy.url(), options -> options.idleTimeout(IDLE_TIMEOUT));
    Await.get(client.connect());
    String firstId = id(client);
    ClientRecorder received = reconnectedBehindAHalfOpenSocket(client);
    String secondId = id(client);
    assertThat(secondId).isNotEqualTo(firstId);

    proxy.connections().get(0).tellServer();
    assertThat(server.await(firstId, "handlers ended", 1).path("in_map").asBoolean())
        .isFalse();
    assertThat(server.client(secondId).path("in_map").asBoolean()).isTrue();

    assertReceives(client, received);
    // Twice the idle timeout, counted in the server's own pings.
    server.await(secondId, "pongs", 10);
    assertThat(received.states.rest()).isEmpty();
    assertThat(proxy.connections()).hasSize(2);
  }

  /** Makes the first socket half-open; the server still takes it for open. */
  private ClientRecorder reconnectedBehindAHalfOpenSocket(AgentCraftClient client) {
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    proxy.connections().get(0).goHalfOpen();
    ConnectionState lost = received.loss();
    assertThat(lost.cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    received.next(ConnectionStatus.CONNECTED);
    return received;
  }

  private void assertReceives(AgentCraftClient client, ClientRecorder received) throws Exception {
    server.broadcast("{\"type\": \"anyone_there\"}");
    assertThat(received.next(UnknownMessage.class).type()).isEqualTo("anyone_there");
    assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
  }
}
