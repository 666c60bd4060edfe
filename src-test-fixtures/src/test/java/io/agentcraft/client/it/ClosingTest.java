package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Closing in every state, and from the threads that complete futures. */
class ClosingTest extends IntegrationTest {

  @Test
  void idle() {
    AgentCraftClient client = client("ws://127.0.0.1:1", options -> options);
    Recorder<ConnectionState> states = states(client);
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
    Recorder<ConnectionState> states = states(client);
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
    Recorder<ConnectionState> states = states(client);
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
    Recorder<ConnectionState> states = states(client);
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
  void whenTheServerDoesNotAnswerTheCloseFrame() {
    AgentCraftClient client = connectedToASilentServer();
    CompletableFuture<Void> closing = client.closeAsync();
    clock.settle();
    clock.advance(seconds(5).minusNanos(1));
    assertThat(closing).isNotDone();
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CONNECTED);
    clock.advance(Duration.ofNanos(1));
    Await.get(closing);
    assertClosed(client);
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

  @Test
  void everyFutureHasEndedAndWhatDependsOnItHasRunWhenItReturns() {
    for (int round = 0; round < 10; round++) {
      AgentCraftClient client =
          client("ws://127.0.0.1:1", options -> options.drainTimeout(Duration.ZERO));
      AtomicInteger ran = new AtomicInteger();
      List<CompletableFuture<?>> futures = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        futures.add(client.agent("agent-" + i, "Agent").completed("Done").toCompletableFuture());
      }
      for (int i = 0; i < 50; i++) {
        futures.add(client.connect());
        futures.add(client.getSessionState("session_1"));
      }
      List<CompletableFuture<?>> dependents = futures.stream()
          .<CompletableFuture<?>>map(
              future -> future.whenComplete((done, error) -> ran.incrementAndGet()))
          .toList();
      client.close();
      assertThat(dependents).allMatch(CompletableFuture::isDone);
      assertThat(ran).hasValue(futures.size());
    }
  }

  @Test
  void doesNotWaitForEverForWhatDependsOnAFuture() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<?> stuck = client.getSessionState("nobody").handle((answer, error) -> {
      Await.latch(gate);
      return error;
    });
    CompletableFuture<Void> closing = client.closeAsync();
    status(states, ConnectionStatus.CLOSED);
    clock.settle();
    assertThat(closing).isNotDone();
    clock.advance(seconds(5));
    Await.get(closing);
    assertThat(stuck).isNotDone();
    gate.countDown();
    assertThat(Await.get(stuck)).isInstanceOf(ClientClosedException.class);
  }

  // The result of each call is left to chance here, but not the state at the end.
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
}
