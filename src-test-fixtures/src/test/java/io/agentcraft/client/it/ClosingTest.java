package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.listener.Overflow;
import io.agentcraft.client.message.Pong;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClosingTest extends IntegrationTest {

  /** What must hold after every close, whatever the state before. */
  private void assertClosed(AgentCraftClient client) {
    Await.get(client.closeAsync());
    assertThat(client.state().status()).isEqualTo(ConnectionStatus.CLOSED);
    clock.settle();
    assertThat(clock.pendingTimers()).isZero();
    Await.failure(client.connect(), ClientClosedException.class);
    Await.failure(client.getSessionState("session_1"), ClientClosedException.class);
    Await.failure(client.send(new Pong()), ClientClosedException.class);
    assertThatThrownBy(() -> client.startLogStreaming("session_1"))
        .isInstanceOf(ClientClosedException.class);
    assertThatThrownBy(client::stopLogStreaming).isInstanceOf(ClientClosedException.class);
    client.close();
    assertThat(client.state().status()).isEqualTo(ConnectionStatus.CLOSED);
  }

  @Test
  void idle() {
    AgentCraftClient client = client("ws://127.0.0.1:1", options -> options);
    Heard<ConnectionState> states = states(client);
    client.close();
    assertClosed(client);
    assertThat(states.next().status()).isEqualTo(ConnectionStatus.CLOSED);
    assertThat(states.rest()).isEmpty();
  }

  @Test
  void duringAHandshakeThatStalls() {
    ReferenceServer server = server();
    server.faults().stallNextHandshake();
    AgentCraftClient client = client(server);
    Heard<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    status(states, ConnectionStatus.CONNECTING);
    CompletableFuture<SessionState> request = client.getSessionState("session_1");
    client.close();
    Await.failure(connecting, ClientClosedException.class);
    Await.failure(request, ClientClosedException.class);
    assertClosed(client);
    server.faults().releaseStalledHandshakes();
    assertThat(states.next().status()).isEqualTo(ConnectionStatus.CLOSED);
    assertThat(states.rest()).isEmpty();
  }

  @Test
  void connected() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Heard<ConnectionState> states = states(client);
    connected(server, client);
    CompletableFuture<SessionState> request = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    client.close();
    Await.failure(request, ClientClosedException.class);
    assertThat(server.awaitDisconnect().closeCode()).hasValue(1000);
    assertClosed(client);
    assertThat(states.next(3))
        .extracting(ConnectionState::status)
        .containsExactly(
            ConnectionStatus.CONNECTING, ConnectionStatus.CONNECTED, ConnectionStatus.CLOSED);
    assertThat(states.rest()).isEmpty();
  }

  @Test
  void whileWaitingForTheNextAttempt() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Heard<ConnectionState> states = states(client);
    connected(server, client);
    cut(server);
    waiting(states);
    CompletableFuture<ConnectionState> connecting = client.connect();
    CompletableFuture<SessionState> request = client.getSessionState("session_1");
    client.close();
    Await.failure(connecting, ClientClosedException.class);
    Await.failure(request, ClientClosedException.class);
    assertClosed(client);
    clock.advance(seconds(600));
    assertThat(server.connections()).hasSize(1);
  }

  @Test
  void failed() {
    ReferenceServer server = server();
    server.faults().refuseNextHandshakes(1, 401);
    AgentCraftClient client = client(server);
    Await.failure(client.connect(), ConnectionFailedException.class);
    client.close();
    assertClosed(client);
  }

  @Test
  void whenTheServerDoesNotAnswerTheCloseFrame() throws Exception {
    MuteServer server = closed(new MuteServer());
    AgentCraftClient client = client(server.url(), options -> options);
    Await.get(client.connect());
    CompletableFuture<Void> closing = client.closeAsync();
    clock.settle();
    clock.advance(seconds(5).minusNanos(1));
    assertThat(closing).isNotDone();
    assertThat(client.state().status()).isEqualTo(ConnectionStatus.CONNECTED);
    clock.advance(Duration.ofNanos(1));
    Await.get(closing);
    assertClosed(client);
  }

  @Test
  void aListenerThatIsRunningIsWaitedFor() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    client.onActiveSessions(sessions -> {
      blocked.countDown();
      Await.latch(release);
    });
    connected(server, client);
    Await.latch(blocked);
    CompletableFuture<SessionState> request = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    CompletableFuture<Void> closing = client.closeAsync();
    // That requests fail shows that the socket is gone.
    Await.failure(request, ClientClosedException.class);
    clock.advance(seconds(5).minusNanos(1));
    assertThat(closing).isNotDone();
    release.countDown();
    Await.get(closing);
    assertClosed(client);
  }

  @Test
  void aListenerThatIsStuckIsWaitedForNoLongerThanTheCloseTimeout() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    closed(release::countDown);
    client.onActiveSessions(sessions -> {
      blocked.countDown();
      Await.latch(release);
    });
    connected(server, client);
    Await.latch(blocked);
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
    AgentCraftClient client = client(server, options -> options.callbackQueue(1, Overflow.WAIT));
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    client.onActiveSessions(sessions -> {
      blocked.countDown();
      Await.latch(release);
    });
    connected(server, client);
    Await.latch(blocked);
    CompletableFuture<SessionState> request = client.getSessionState("nobody");
    server.awaitFrame("get_session_state");
    IntStream.range(0, 50).forEach(i -> server.startSession("session_" + i, "Why?"));
    CompletableFuture<Void> closing = client.closeAsync();
    // The server's close frame is read, without any time-out, although the listener is still at its
    // first message:
    // that requests fail shows it.
    Await.failure(request, ClientClosedException.class);
    release.countDown();
    Await.get(closing);
    assertClosed(client);
  }

  @Test
  void fromInsideAListener() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Heard<String> heard = new Heard<>();
    client.onActiveSessions(sessions -> {
      client.close();
      heard.add("closed");
    });
    client.onConnectionState(state -> heard.add(state.status().name()));
    Await.get(client.connect());
    assertThat(heard.next("closed"::equals)).isNotNull();
    assertThat(heard.next()).isEqualTo("CLOSED");
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
      Heard<ConnectionState> states = states(client);
      if (client.state().status() != ConnectionStatus.CLOSED) {
        status(states, ConnectionStatus.CLOSED);
      }
      assertClosed(client);
    }
  }

  @Test
  void fromTheFuturesOfTheClient() {
    ReferenceServer server = server();
    server.startSession("session_1", "Why?");
    AgentCraftClient first = client(server);
    Await.get(first.connect().thenAccept(state -> first.close()));
    assertClosed(first);
    AgentCraftClient second = client(server);
    Await.get(second.connect());
    Await.get(second.getSessionState("session_1").thenAccept(state -> second.close()));
    assertClosed(second);
  }

  // What each call gives is left to chance here; only how it ends is not.
  @Test
  @SuppressWarnings("FutureReturnValueIgnored")
  void fromManyThreadsAtOnceWhileOthersConnectAndAsk() {
    ReferenceServer server = server();
    for (int round = 0; round < 10; round++) {
      AgentCraftClient client = client(server);
      CountDownLatch start = new CountDownLatch(1);
      List<CompletableFuture<Object>> futures = Stream.<Supplier<Object>>of(
              client::connect,
              () -> client.getSessionLogs("session_1"),
              client::closeAsync,
              client::closeAsync,
              client::connect,
              client::board,
              client::closeAsync)
          .map(task -> CompletableFuture.supplyAsync(
              () -> {
                Await.latch(start);
                Object result = task.get();
                client.close();
                return result;
              },
              thread -> new Thread(thread).start()))
          .toList();
      start.countDown();
      futures.forEach(Await::get);
      assertClosed(client);
    }
    server.awaitConnections(0);
  }

  @Test
  void listenersHearNothingAfterClosed() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Heard<Object> all = new Heard<>();
    client.onMessage(all::add);
    client.onConnectionState(all::add);
    connected(server, client);
    IntStream.range(0, 200).forEach(i -> server.startSession("session_" + i, "Why?"));
    client.close();
    all.next(
        one -> one instanceof ConnectionState state && state.status() == ConnectionStatus.CLOSED);
    assertThat(all.rest()).isEmpty();
  }
}
