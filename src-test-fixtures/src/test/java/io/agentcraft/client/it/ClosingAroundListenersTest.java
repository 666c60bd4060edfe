package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.testing.ReferenceServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Closing while listeners run, and from within listeners. */
class ClosingAroundListenersTest extends IntegrationTest {

  @Test
  void aListenerThatIsRunningIsWaitedFor() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    BlockingListener listener = connectedWithAListenerThatIsStuck(server, client);
    CompletableFuture<SessionState> request = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    CompletableFuture<Void> closing = client.closeAsync();
    // That the request fails shows that the socket is closed.
    Await.failure(request, ClientClosedException.class);
    clock.advance(seconds(5).minusNanos(1));
    assertThat(closing).isNotDone();
    listener.release();
    Await.get(closing);
    assertClosed(client);
  }

  @Test
  void aListenerThatIsStuckIsWaitedForNoLongerThanTheCloseTimeout() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    connectedWithAListenerThatIsStuck(server, client);
    CompletableFuture<SessionState> request = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    CompletableFuture<Void> closing = client.closeAsync();
    Await.failure(request, ClientClosedException.class);
    clock.advance(seconds(5));
    Await.get(closing);
    assertClosed(client);
  }

  @Test
  void aReaderThatWaitsForSlowListenersIsLetGo() {
    ReferenceServer server = server();
    AgentCraftClient client =
        client(server, options -> options.callbackQueue(1, OverflowStrategy.BLOCK));
    BlockingListener listener = connectedWithAListenerThatIsStuck(server, client);
    CompletableFuture<SessionState> request = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    IntStream.range(0, 50).forEach(i -> server.startSession("session_" + i, "Why?"));
    CompletableFuture<Void> closing = client.closeAsync();
    // The server's close frame is read, without any timeout, although the listener is still at its
    // first message: that requests fail shows it.
    Await.failure(request, ClientClosedException.class);
    listener.release();
    Await.get(closing);
    assertClosed(client);
  }

  @Test
  void fromInsideAListener() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<String> received = new Recorder<>();
    client.onActiveSessions(sessions -> {
      client.close();
      received.add("closed");
    });
    client.onConnectionState(state -> received.add(state.status().name()));
    Await.get(client.connect());
    assertThat(received.next("closed"::equals)).isNotNull();
    assertThat(received.next()).isEqualTo("CLOSED");
    assertClosed(client);
  }

  @Test
  void fromInsideAStateListenerOfEveryState() {
    ReferenceServer server = server();
    for (ConnectionStatus status :
        List.of(ConnectionStatus.CONNECTING, ConnectionStatus.CONNECTED, ConnectionStatus.CLOSED)) {
      AgentCraftClient client = client(server);
      client.onConnectionState(state -> {
        if (state.status() == status) {
          client.close();
        }
      });
      var unused = client.connect();
      if (status == ConnectionStatus.CLOSED) {
        client.close();
      }
      // It is the close in the listener that ends the client.
      Recorder<ConnectionState> states = states(client);
      if (client.connectionState().status() != ConnectionStatus.CLOSED) {
        status(states, ConnectionStatus.CLOSED);
      }
      assertClosed(client);
    }
  }

  @Test
  void listenersReceiveNothingAfterClosed() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<Object> all = new Recorder<>();
    client.onMessage(all::add);
    client.onConnectionState(all::add);
    connected(server, client);
    IntStream.range(0, 200).forEach(i -> server.startSession("session_" + i, "Why?"));
    client.close();
    all.next(
        one -> one instanceof ConnectionState state && state.status() == ConnectionStatus.CLOSED);
    assertThat(all.rest()).isEmpty();
  }

  /** Connects; the listener is at the first message, and stays there until it is released. */
  private BlockingListener connectedWithAListenerThatIsStuck(
      ReferenceServer server, AgentCraftClient client) {
    BlockingListener listener = closed(new BlockingListener());
    client.onActiveSessions(sessions -> listener.block());
    connected(server, client);
    listener.awaitBlocked();
    return listener;
  }
}
