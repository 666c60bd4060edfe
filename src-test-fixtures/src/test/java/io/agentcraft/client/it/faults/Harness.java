package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.ClientHarness;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.it.SdkThreads;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ReferenceServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** One client and its server; closing asserts that nothing of the client is left. */
final class Harness extends ClientHarness {

  static final String SESSION = "session_1";
  static final int MAX_MESSAGE_BYTES = 1 << 20;

  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final Duration STEP = Duration.ofSeconds(1);

  final RecordingSocketFactory sockets = new RecordingSocketFactory();
  final Recorder<ConnectionState> states = new Recorder<>();
  final Recorder<AgentCraftException> errors = new Recorder<>();
  final Recorder<LogLine> lines = new Recorder<>();
  final Recorder<AgentCollaboration> broadcasts = new Recorder<>();
  final ReferenceServer server;
  final AgentCraftClient client;
  private volatile boolean greeted;
  private final OkHttpClient http = HTTP.newBuilder()
      .socketFactory(sockets)
      .addInterceptor(Harness::leaveTheEndpointOpen)
      .build();

  Harness() {
    this(UnaryOperator.identity());
  }

  Harness(UnaryOperator<AgentCraftClientBuilder> options) {
    server = server(UnaryOperator.identity());
    server.startSession(SESSION, "Why?", "Writer");
    client = client(
        server.url("/ws/agent-tracking"),
        builder -> options.apply(builder
            .okHttpClient(http)
            .webSocketPingInterval(Duration.ZERO)
            .publishReminder(Duration.ZERO)
            .maxMessageBytes(MAX_MESSAGE_BYTES)));
    client.onConnectionState(states::add);
    client.onError(errors::add);
    client.onLogLine(lines::add);
    client.onAgentCollaboration(broadcasts::add);
    client.onActiveSessions(sessions -> greeted = true);
    // So that every frame is wanted and parsed.
    client.onMessage(message -> {});
  }

  /**
   * Answers the question for the broadcast endpoint as a proxy that knows nothing of it. Updates then go over the socket,
   * which is where most of the faults are, and over HTTP when that fails.
   */
  private static Response leaveTheEndpointOpen(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    if (!request.method().equals("GET") || !request.url().encodedPath().endsWith("/broadcast")) {
      return chain.proceed(request);
    }
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(503)
        .message("Service Unavailable")
        .body(ResponseBody.create("", null))
        .build();
  }

  Harness connected() {
    Await.get(client.connect());
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

  /** Returns whether a frame was received on an open connection other than the old one and those dropped since. */
  boolean hasFrameOnAnother(ClientConnection before, String type) {
    ClientConnection newest = newest();
    return newest != before
        && newest.isOpen()
        && newest.frames().stream().anyMatch(frame -> frame.isType(type));
  }

  void awaitFrameOnAnother(ClientConnection before, String type) {
    Await.until(type + " on the new connection", () -> hasFrameOnAnother(before, type));
  }

  void awaitConnected() {
    var unused = states.next(Harness::isConnected);
  }

  /** Goes through one lost connection or attempt after the other, as the fault expects them. */
  void lose(Fault fault, List<Loss> losses) {
    for (int i = 0; i < losses.size(); i++) {
      Loss loss = losses.get(i);
      boolean last = i == losses.size() - 1;
      passTime(fault, loss);
      ConnectionState state = states.next(Harness::isLoss);
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
      clock.advance(state.nextDelay());
    }
  }

  /** Asserts that the client is connected, and that requests and broadcasts are answered and received. */
  void works() {
    assertThat(Await.get(client.getSessionState(SESSION)).sessionId()).isEqualTo(SESSION);
    server.collaboration("Writer", "Reader", "done");
    broadcasts.next();
    ConnectionState state = client.connectionState();
    assertThat(state.status()).isEqualTo(ConnectionStatus.CONNECTED);
    assertThat(state.attempt()).isZero();
    assertThat(state.cause()).isNull();
  }

  /** Closes both sides and asserts that no timers, sockets or threads are left. */
  @Override
  public void close() {
    server.faults().healAll();
    Await.get(client.closeAsync());
    clock.settle();
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.CLOSED);
    assertThat(clock.pendingDelays()).as("the client's timers").isEmpty();
    http.connectionPool().evictAll();
    Await.until("the client's sockets to be closed", () -> {
      http.connectionPool().evictAll();
      return sockets.areClosed();
    });
    server.close();
    serverClock.settle();
    assertThat(serverClock.pendingDelays()).as("the server's timers").isEmpty();
    super.close();
    SdkThreads.awaitNone("^agentcraft-");
  }

  /** Advances the clock, but not before everything that the server sent was read. */
  private void passTime(Fault fault, Loss loss) {
    if (loss.isStall()) {
      // The clock must not be ahead of the request.
      Await.until("a stalled handshake", () -> server.faults().stalledHandshakes() > 0);
    } else if (!loss.noticedAfter().isZero()) {
      Await.until("a connection to lose", () -> client.connectionState().isConnected());
      if (loss.isAfterGreeting()) {
        Await.until("the greeting", () -> greeted);
      }
      if (fault.reported() != null) {
        assertThat(errors.next()).isInstanceOf(fault.reported());
      }
    }
    if (!loss.noticedAfter().isZero()) {
      clock.settle();
      ConnectionState before = client.connectionState();
      // How long is asserted elsewhere: what is published over HTTP meanwhile is received as a
      // frame.
      Await.until(loss.what(), () -> {
        clock.advance(STEP);
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
