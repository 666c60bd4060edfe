package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReferenceServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/** A client and a server on real sockets and manual clocks; at its end nothing of the client may be left. */
final class Bench implements AutoCloseable {

  static final String SESSION = "session_1";
  static final int MOST_MESSAGE_BYTES = 1 << 20;

  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final Duration STEP = Duration.ofSeconds(1);

  final ManualScheduler time = new ManualScheduler();
  final ManualScheduler serverTime = new ManualScheduler();
  final ClientSockets sockets = new ClientSockets();
  final Told<ConnectionState> states = new Told<>();
  final Told<AgentCraftException> errors = new Told<>();
  final Told<LogLine> lines = new Told<>();
  final Told<AgentCollaboration> broadcasts = new Told<>();
  final ReferenceServer server;
  final AgentCraftClient client;
  private volatile boolean greeted;
  private final OkHttpClient http = HTTP.newBuilder().socketFactory(sockets).build();

  Bench() {
    this(UnaryOperator.identity());
  }

  Bench(UnaryOperator<AgentCraftClientBuilder> options) {
    server = ReferenceServer.builder().scheduler(serverTime).start();
    server.startSession(SESSION, "Why?", "Writer");
    client = options
        .apply(AgentCraftClient.builder(server.url("/ws/agent-tracking"))
            .scheduler(time)
            .okHttpClient(http)
            .webSocketPingInterval(Duration.ZERO)
            .maxMessageBytes(MOST_MESSAGE_BYTES))
        .build();
    client.onConnectionState(states::add);
    client.onError(errors::add);
    client.onLogLine(lines::add);
    client.onAgentCollaboration(broadcasts::add);
    client.onActiveSessions(sessions -> greeted = true);
    // So that every frame is wanted and parsed.
    client.onMessage(message -> {});
  }

  Bench connected() {
    get(client.connect());
    awaitConnected();
    server.awaitConnections(1);
    works();
    var unused = server.awaitFrame("get_session_state");
    return this;
  }

  /** The connection that was opened last. */
  ClientConnection newest() {
    List<ClientConnection> all = server.connections();
    return all.get(all.size() - 1);
  }

  /** Whether a frame came on an open connection that is not the old one, nor one that was dropped meanwhile. */
  boolean hasFrameOnAnother(ClientConnection before, String type) {
    ClientConnection newest = newest();
    return newest != before
        && newest.isOpen()
        && newest.frames().stream().anyMatch(frame -> frame.isType(type));
  }

  void awaitFrameOnAnother(ClientConnection before, String type) {
    Told.await(type + " on the new connection", () -> hasFrameOnAnother(before, type));
  }

  void awaitConnected() {
    var unused = states.next("CONNECTED", Bench::isConnected);
  }

  /** Loses one connection or attempt after the other, as the fault foretells. */
  void lose(Fault fault, List<Loss> losses) {
    for (int i = 0; i < losses.size(); i++) {
      Loss loss = losses.get(i);
      boolean last = i == losses.size() - 1;
      passTime(fault, loss);
      ConnectionState state = states.next(loss.what(), Bench::isLoss);
      assertThat(state.cause()).as(loss.what()).matches(loss.cause());
      if (last && fault.givesUp()) {
        assertThat(state.status()).isEqualTo(ConnectionStatus.FAILED);
        return;
      }
      Duration backoff = Duration.ofSeconds(Math.min(2L << i, 30));
      assertThat(state.status()).isEqualTo(ConnectionStatus.RECONNECTING);
      assertThat(state.attempt()).isEqualTo(i + 1);
      assertThat(state.nextDelay()).isEqualTo(loss.delay() == null ? backoff : loss.delay());
      if (last) {
        fault.beforeLast().accept(server.faults());
      }
      time.advance(state.nextDelay());
    }
  }

  /** The client is connected and asked for nothing more than that; requests and broadcasts come through. */
  void works() {
    assertThat(get(client.getSessionState(SESSION)).sessionId()).isEqualTo(SESSION);
    server.collaboration("Writer", "Reader", "done");
    broadcasts.next("a broadcast", broadcast -> true);
    ConnectionState state = client.connectionState();
    assertThat(state.status()).isEqualTo(ConnectionStatus.CONNECTED);
    assertThat(state.attempt()).isZero();
    assertThat(state.cause()).isNull();
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get(Told.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError("The future gave nothing: " + failed, failed);
    }
  }

  static void fails(Future<?> future, Class<? extends Throwable> type) {
    assertThat(future)
        .failsWithin(Told.PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOf(type);
  }

  /** Closes both sides and looks for what is left: timers, sockets, threads. */
  @Override
  public void close() {
    server.faults().healAll();
    get(client.closeAsync());
    time.settle();
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CLOSED);
    assertThat(time.pendingDelays()).as("the client's timers").isEmpty();
    http.connectionPool().evictAll();
    Told.await("the client's sockets to be closed", () -> {
      http.connectionPool().evictAll();
      return sockets.areClosed();
    });
    server.close();
    serverTime.settle();
    assertThat(serverTime.pendingDelays()).as("the server's timers").isEmpty();
    time.close();
    serverTime.close();
    Told.await(
        "the client's threads to end",
        () -> Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("agentcraft-")));
  }

  /** Lets the clock go on, but not before all that the server has sent was read. */
  private void passTime(Fault fault, Loss loss) {
    if (loss.isStall()) {
      // The clock must not be quicker than the request.
      Told.await("a stalled handshake", () -> server.faults().stalledHandshakes() > 0);
    } else if (!loss.virtual().isZero()) {
      Told.await("a connection to lose", () -> client.connectionState().isConnected());
      if (loss.isAfterGreeting()) {
        Told.await("the greeting", () -> greeted);
      }
      if (fault.reported() != null) {
        assertThat(errors.next("an error", error -> true)).isInstanceOf(fault.reported());
      }
    }
    if (!loss.virtual().isZero()) {
      time.settle();
      ConnectionState before = client.connectionState();
      // How long is asserted elsewhere: what is published by HTTP meanwhile comes back as a frame.
      Told.await(loss.what(), () -> {
        time.advance(STEP);
        return !client.connectionState().equals(before);
      });
    }
  }

  private static boolean isConnected(ConnectionState state) {
    return state.status() == ConnectionStatus.CONNECTED;
  }

  private static boolean isLoss(ConnectionState state) {
    return state.nextDelay() != null || state.status() == ConnectionStatus.FAILED;
  }
}
