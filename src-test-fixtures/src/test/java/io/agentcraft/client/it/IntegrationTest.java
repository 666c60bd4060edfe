package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Clients and servers over real sockets, with a clock that only the test moves. All of them are closed in the end. */
abstract class IntegrationTest {

  /** The clients' clock. Servers have one of their own, since they time other things. */
  final ManualScheduler clock = new ManualScheduler();

  final ManualScheduler serverClock = new ManualScheduler();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    clock.close();
    serverClock.close();
  }

  <C extends AutoCloseable> C closed(C closeable) {
    open.push(closeable);
    return closeable;
  }

  ReferenceServer server() {
    return server(options -> options);
  }

  ReferenceServer server(WireForm form) {
    return server(options -> options.form(form));
  }

  ReferenceServer server(UnaryOperator<ReferenceServerBuilder> options) {
    return closed(
        options.apply(ReferenceServer.builder().scheduler(serverClock)).start());
  }

  AgentCraftClient client(ReferenceServer server) {
    return client(server, options -> options);
  }

  AgentCraftClient client(ReferenceServer server, UnaryOperator<AgentCraftClientBuilder> options) {
    return client(server.url(), options);
  }

  AgentCraftClient client(String url, UnaryOperator<AgentCraftClientBuilder> options) {
    return closed(options.apply(AgentCraftClient.builder(url).scheduler(clock)).build());
  }

  /** Connects the server's only client; both ends know of the connection then. */
  static AgentCraftClient connected(ReferenceServer server, AgentCraftClient client) {
    Await.get(client.connect());
    server.awaitConnections(1);
    return client;
  }

  /** Cuts the server's only connection, which the server may not know of yet. */
  static void cut(ReferenceServer server) {
    server.awaitConnections(1).get(0).cut();
  }

  /** Listens to the client's states from now on. */
  static Heard<ConnectionState> states(AgentCraftClient client) {
    Heard<ConnectionState> states = new Heard<>();
    client.onConnectionState(states::add);
    return states;
  }

  /** Waits until the client waits for its next attempt. */
  static ConnectionState waiting(Heard<ConnectionState> states) {
    return states.next(
        state -> state.status() == ConnectionStatus.RECONNECTING && state.nextDelay() != null);
  }

  static ConnectionState status(Heard<ConnectionState> states, ConnectionStatus status) {
    return states.next(state -> state.status() == status);
  }

  /** What must hold after every close, whatever the state before. */
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
