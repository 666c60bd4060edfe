package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A test of clients and servers, and the short words for what most of them do. */
abstract class IntegrationTest extends ClientHarness {

  @AfterEach
  void closeAll() {
    close();
  }

  ReferenceServer server() {
    return server(options -> options);
  }

  ReferenceServer server(WireForm form) {
    return server(options -> options.form(form));
  }

  AgentCraftClient client(ReferenceServer server) {
    return client(server, options -> options);
  }

  AgentCraftClient client(ReferenceServer server, UnaryOperator<AgentCraftClientBuilder> options) {
    return client(server.url(), options);
  }

  /** Connects the server's only client; both ends know of the connection then. */
  static AgentCraftClient connected(ReferenceServer server, AgentCraftClient client) {
    Await.get(client.connect());
    server.awaitConnections(1);
    return client;
  }

  /** Connects a client to a server that answers the handshake, and nothing else. */
  AgentCraftClient connectedToASilentServer() {
    AgentCraftClient client = client(closed(new RawServer()).url(), options -> options);
    Await.get(client.connect());
    return client;
  }

  /** Cuts the server's only connection, which the server may not know of yet. */
  static void cut(ReferenceServer server) {
    server.awaitConnections(1).get(0).cut();
  }

  /** Records the client's states from now on. */
  static Recorder<ConnectionState> states(AgentCraftClient client) {
    Recorder<ConnectionState> states = new Recorder<>();
    client.onConnectionState(states::add);
    return states;
  }

  /** Waits until the client waits for its next attempt. */
  static ConnectionState waiting(Recorder<ConnectionState> states) {
    return states.next(
        state -> state.status() == ConnectionStatus.RECONNECTING && state.nextDelay() != null);
  }

  static ConnectionState status(Recorder<ConnectionState> states, ConnectionStatus status) {
    return states.next(state -> state.status() == status);
  }

  /** Cuts the server's only connection, and lets the client connect again after the first backoff. */
  void reconnect(ReferenceServer server, Recorder<ConnectionState> states) {
    cut(server);
    waiting(states);
    clock.advance(seconds(2));
    status(states, ConnectionStatus.CONNECTED);
  }

  /** Asserts what holds after every close, whatever the state before. */
  void assertClosed(AgentCraftClient client) {
    Await.get(client.closeAsync());
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CLOSED);
    clock.settle();
    assertThat(clock.pendingTimers()).isZero();
    Await.failure(client.connect(), ClientClosedException.class);
    Await.failure(client.getSessionState("session_1"), ClientClosedException.class);
    Await.failure(client.send(new Pong()), ClientClosedException.class);
    assertThatThrownBy(() -> client.startLogStreaming("session_1"))
        .isInstanceOf(ClientClosedException.class);
    assertThatThrownBy(client::stopLogStreaming).isInstanceOf(ClientClosedException.class);
    client.close();
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CLOSED);
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
