package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectingTest extends IntegrationTest {

  @ParameterizedTest
  @EnumSource
  void reportsConnectedBeforeTheFirstMessage(WireForm form) {
    ReferenceServer server = server(form);
    server.startSession("session_1", "Why?", "Researcher");
    AgentCraftClient client = client(server);
    Recorder<Object> all = new Recorder<>();
    client.onConnectionState(all::add);
    client.onMessage(all::add);

    ConnectionState connected = Await.get(client.connect());

    assertThat(connected.isConnected()).isTrue();
    assertThat(connected.attempt()).isZero();
    assertThat(connected.lastConnected()).isEqualTo(clock.now());
    assertThat(((ConnectionState) all.next()).status()).isEqualTo(ConnectionStatus.CONNECTING);
    assertThat(all.next()).isEqualTo(connected);
    ActiveSessions first = (ActiveSessions) all.next();
    assertThat(first.totalSessions()).isEqualTo(1);
    assertThat(first.sessions().get(0).sessionId()).isEqualTo("session_1");
  }

  @Test
  void connectTwiceIsOneConnection() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    CompletableFuture<ConnectionState> first = client.connect();
    CompletableFuture<ConnectionState> second = client.connect();
    assertThat(Await.get(first)).isEqualTo(Await.get(second));
    assertThat(Await.get(client.connect())).isEqualTo(client.connectionState());
    server.awaitConnections(1);
    assertThat(server.connections()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws/agent-tracking", "/api/ws/agent-tracking"})
  void findsThePathAndKeepsIt(String path) {
    ReferenceServer server = server(options -> options.paths(path));
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    Await.get(client.connect());
    ClientConnection first = server.awaitConnection();
    assertThat(first.path()).isEqualTo(path + "/" + client.connectionState().clientId());

    server.faults().refuseNextHandshakes(1, 404);
    cut(server);
    waiting(states);
    clock.advance(seconds(2));

    // The path that answered is kept: after a later refusal no other path is tried.
    ConnectionState failed = status(states, ConnectionStatus.FAILED);
    assertThat(failed.cause()).isInstanceOf(DisconnectCause.HandshakeRefused.class);
    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void namesBothPathsWhenNeitherAnswers() {
    ReferenceServer server = server(options -> options.paths("/elsewhere"));
    ConnectionFailedException failed =
        Await.failure(client(server).connect(), ConnectionFailedException.class);
    assertThat(failed)
        .hasMessageContaining("403")
        .hasMessageContaining(server.url("/ws/agent-tracking"))
        .hasMessageContaining(server.url("/api/ws/agent-tracking"))
        .hasMessageContaining("credentials may be wrong");
  }

  @Test
  void takesAUrlWithAPathAsItIs() {
    ReferenceServer server = server(options -> options.paths("/elsewhere"));
    Await.get(client(server.url("/elsewhere/"), options -> options).connect());
    Await.get(client(server.httpUrl() + "/elsewhere", options -> options).connect());
    assertThat(server.awaitConnections(2))
        .allSatisfy(one -> assertThat(one.path()).startsWith("/elsewhere/client_"));
    ConnectionFailedException failed = Await.failure(
        client(server.url("/ws/agent-tracking"), options -> options).connect(),
        ConnectionFailedException.class);
    assertThat(failed).hasMessageContaining("403").hasMessageNotContaining("/api/ws");
  }

  @Test
  void takesANewClientIdForEveryConnection() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    Await.get(client.connect());
    String first = server.awaitConnection().clientId();
    reconnect(server, states);
    String second = server.awaitConnection().clientId();

    assertThat(first).matches("client_\\d+_[a-z0-9]{9}").isNotEqualTo(second);
    assertThat(client.connectionState().clientId()).isEqualTo(second);
  }

  @Test
  void keepsAFixedClientId() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server, options -> options.clientId("client_1_fixed"));
    Recorder<ConnectionState> states = states(client);
    Await.get(client.connect());
    reconnect(server, states);
    Await.get(client(server.url("/ws/agent-tracking/client_2_inurl"), options -> options)
        .connect());
    server.awaitConnections(2);

    assertThat(server.connections())
        .extracting(ClientConnection::clientId)
        .containsExactly("client_1_fixed", "client_1_fixed", "client_2_inurl");
  }

  @Test
  void sendsTheCallersHeaders() {
    ReferenceServer server = server(options -> options.allowOrigins("*"));
    AgentCraftClient client =
        client(server, options -> options.header("X-Team", "blue").header("Origin", "here"));
    Await.get(client.connect());
    ClientConnection connection = server.awaitConnection();
    assertThat(connection.header("x-team")).contains("blue");
    assertThat(connection.header("origin")).contains("here");
    assertThat(connection.header("authorization")).isEmpty();
  }

  @Test
  void neverSendsATokenInTheClearToAnotherMachine() {
    assertThatThrownBy(() ->
            AgentCraftClient.builder("ws://agents.example").token("secret").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wss://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void waitsNoLongerForAnAnswerThanTheHandshakeTimeout() {
    ReferenceServer server = server();
    Recorder<Integer> readTimeouts = new Recorder<>();
    connected(
        server,
        client(
            server,
            options -> options
                .handshakeTimeout(Duration.ofSeconds(70))
                .okHttpClient(new OkHttpClient.Builder()
                    .addInterceptor(chain -> {
                      readTimeouts.add(chain.readTimeoutMillis());
                      return chain.proceed(chain.request());
                    })
                    .build())));
    // OkHttp's own 10 s would end a handshake that may take longer.
    assertThat(readTimeouts.next()).isGreaterThan(70_000);
  }
}
