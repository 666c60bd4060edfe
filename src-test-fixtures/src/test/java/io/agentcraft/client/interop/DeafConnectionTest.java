package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The deaf connection: the client has reconnected with the id of a socket whose death the server had not noticed; when it
 * does, its clean-up takes the new socket off its map, which then stays open and is never spoken to again.
 */
class DeafConnectionTest extends InteropTest {

  private static final String FIXED = "client_1_fixed";
  private static final Duration LIVENESS = Duration.ofMillis(2_500);

  private RealServer server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws Exception {
    // The server pings well within what the client takes for silence.
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
        options -> options.clientId(FIXED).idleTimeout(LIVENESS).backoffResetAfter(Duration.ZERO));
    Told told = reconnectedBehindAHalfOpenSocket(client);

    proxy.connections().get(0).tellServer();
    assertThat(server.await(FIXED, "handlers ended", 1).path("in_map").asBoolean())
        .as("the late clean-up took the new connection off the map")
        .isFalse();
    assertThat(client.connectionState().isConnected()).isTrue();

    assertThat(told.loss().cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    told.next(ConnectionStatus.CONNECTED);
    assertThat(client.connectionState().clientId()).isEqualTo(FIXED);
    assertHears(client, told);
  }

  @Test
  void aQuestionAskedOfADeafConnectionIsAskedAgain() throws Exception {
    AgentCraftClient client = client(
        proxy.url(),
        options ->
            options.clientId(FIXED).idleTimeout(LIVENESS).requestTimeout(Duration.ofSeconds(20)));
    Told told = reconnectedBehindAHalfOpenSocket(client);
    proxy.connections().get(0).tellServer();
    server.await(FIXED, "handlers ended", 1);

    CompletableFuture<SessionLogs> question = client.getSessionLogs("session_missing");

    assertThat(told.loss().cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    assertThat(Told.get(question).logs()).isEmpty();
  }

  @Test
  void withTheDefaultIdsItNeverHappens() throws Exception {
    AgentCraftClient client = client(proxy.url(), options -> options.idleTimeout(LIVENESS));
    Told.get(client.connect());
    String firstId = id(client);
    Told told = reconnectedBehindAHalfOpenSocket(client);
    String secondId = id(client);
    assertThat(secondId).isNotEqualTo(firstId);

    proxy.connections().get(0).tellServer();
    assertThat(server.await(firstId, "handlers ended", 1).path("in_map").asBoolean())
        .isFalse();
    assertThat(server.client(secondId).path("in_map").asBoolean()).isTrue();

    assertHears(client, told);
    // Twice the liveness time-out, counted in the server's own pings.
    server.await(secondId, "pongs", 10);
    assertThat(told.statesLeft()).isEmpty();
    assertThat(proxy.connections()).hasSize(2);
  }

  /** Lets the first socket fall silent on both sides; the server still believes in it. */
  private Told reconnectedBehindAHalfOpenSocket(AgentCraftClient client) {
    Told told = new Told(client);
    Told.get(client.connect());
    proxy.connections().get(0).goHalfOpen();
    ConnectionState lost = told.loss();
    assertThat(lost.cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    told.next(ConnectionStatus.CONNECTED);
    return told;
  }

  private void assertHears(AgentCraftClient client, Told told) throws Exception {
    server.broadcast("{\"type\": \"anyone_there\"}");
    assertThat(told.next(UnknownMessage.class).type()).isEqualTo("anyone_there");
    assertThat(Told.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
  }
}
