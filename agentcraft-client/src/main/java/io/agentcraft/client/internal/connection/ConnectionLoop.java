package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect;
import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import io.agentcraft.client.internal.connection.ConnectionMachine.Phase;
import io.agentcraft.client.internal.connection.ConnectionMachine.State;
import io.agentcraft.client.internal.connection.ConnectionMachine.Transition;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link ConnectionMachine} on the event loop: passes events to it, does what it decides, and notifies those who
 * follow the connection. Methods without a remark on threads are called on the event loop.
 */
public final class ConnectionLoop {

  /**
   * The options of a connection.
   *
   * @param backoffResetAfter how long a connection must stay up before the count of attempts starts again
   * @param idleTimeout how long a connection may be silent; zero for any time
   * @param renewsToken whether another attempt may have another token
   */
  public record Settings(
      Endpoints endpoints,
      ReconnectPolicy policy,
      Duration handshakeTimeout,
      Duration backoffResetAfter,
      Duration closeTimeout,
      Duration idleTimeout,
      boolean renewsToken) {

    ConnectionMachine machine() {
      return new ConnectionMachine(
          policy, handshakeTimeout, backoffResetAfter, closeTimeout, renewsToken);
    }
  }

  private final EventLoop loop;
  private final ConnectionMachine machine;
  private final Handshakes handshakes;
  private final Instrumentation instrumentation;
  private final Function<Connection, Connection.FrameHandler> handlers;
  private final BiConsumer<ConnectionState, Endpoint> onState;
  private List<ConnectionFollower> followers = List.of();
  private final Liveness liveness;
  private final Endpoint firstEndpoint;

  private State state;
  private final LoopTimer timer;
  private @Nullable Connection up;
  private @Nullable Instant lastConnected;
  private volatile @Nullable Connection newest;
  private volatile ConnectionState snapshot = ConnectionState.INITIAL;

  /**
   * Creates a loop that is not connected.
   *
   * @param handlers creates the handler of each connection's frames
   * @param probe sends a request that every server answers, to find out whether a silent connection is alive
   * @param onState receives each new state, and the endpoint that was tried last
   */
  public ConnectionLoop(
      EventLoop loop,
      Settings settings,
      Handshakes handshakes,
      Instrumentation instrumentation,
      Function<Connection, Connection.FrameHandler> handlers,
      Runnable probe,
      BiConsumer<ConnectionState, Endpoint> onState) {
    this.loop = loop;
    this.timer = new LoopTimer(loop);
    this.machine = settings.machine();
    this.handshakes = handshakes;
    this.instrumentation = instrumentation;
    this.handlers = handlers;
    this.onState = onState;
    this.liveness = new Liveness(loop, settings.idleTimeout(), probe, this::on);
    this.firstEndpoint = settings.endpoints().current();
    this.state = State.initial(settings.endpoints());
  }

  /**
   * Sets who follows the connection, before it is first opened: some of them use this loop themselves.
   *
   * @param all are notified in this order: of a loss before {@code onState}, of all else after it
   */
  public void follow(List<ConnectionFollower> all) {
    followers = List.copyOf(all);
  }

  /** Returns what the caller sees of the connection. By any thread. */
  public ConnectionState state() {
    return snapshot;
  }

  /** Returns the endpoint that was tried last. By any thread. */
  public Endpoint endpoint() {
    Connection last = newest;
    return last == null ? firstEndpoint : last.endpoint();
  }

  /** Returns whether the calling thread reads the frames of the connection. By any thread. */
  public boolean isReader() {
    Connection last = newest;
    return last != null && last.isReader();
  }

  /** Starts to connect, if the client is neither connected nor about to be, nor closed. */
  public void connect() {
    on(new Event.ConnectRequested());
  }

  /** Starts to close. */
  public void close() {
    on(new Event.CloseRequested());
  }

  /** Returns the error of a client that gave up. By any thread. */
  public ConnectionFailedException gaveUp(DisconnectCause cause, String reason) {
    // A refusal names the endpoints itself.
    String where = cause instanceof DisconnectCause.HandshakeRefused ? "" : " on " + endpoint();
    Throwable error = null;
    if (cause instanceof DisconnectCause.ConnectionLost lost) {
      error = lost.error();
    } else if (cause instanceof DisconnectCause.TlsFailed failed) {
      error = failed.error();
    } else if (cause instanceof DisconnectCause.TokenUnavailable unavailable) {
      error = unavailable.error();
    }
    return new ConnectionFailedException(
        "The client gave up" + where + " because " + reason + ": " + cause.description()
            + ". (Call connect() to start again.)",
        cause,
        error);
  }

  private void on(Event event) {
    State before = state;
    Transition transition = machine.on(before, event);
    state = transition.next();
    transition.effects().forEach(this::run);
    if (state.phase() != before.phase()) {
      notifyFollowers();
    }
  }

  private void run(Effect effect) {
    if (effect instanceof Effect.OpenSocket socket) {
      openSocket(socket);
    } else if (effect instanceof Effect.StartTimer start) {
      timer.start(start.delay(), this::timedOut);
    } else if (effect instanceof Effect.StopTimer) {
      timer.stop();
    } else if (effect instanceof Effect.CloseSocket close) {
      if (newest != null && newest.generation() == close.generation()) {
        newest.close();
      }
    } else if (effect instanceof Effect.CancelSocket cancel) {
      // An older connection, which the machine knows nothing of, cancels itself.
      if (newest != null && newest.generation() == cancel.generation()) {
        newest.cancel();
      }
    }
  }

  private void timedOut() {
    on(new Event.TimedOut(newest == null ? "" : handshakes.hint(newest)));
  }

  private void openSocket(Effect.OpenSocket socket) {
    Connection connection = new Connection(
        socket.generation(),
        socket.endpoint(),
        handshakes.newClientId(),
        loop,
        this::on,
        instrumentation);
    newest = connection;
    if (handshakes.needsToken()) {
      CompletableFuture<?> unused = handshakes
          .token()
          .whenComplete((token, error) -> loop.post(() -> tokenArrived(connection, token, error)));
    } else {
      handshake(connection, null);
    }
  }

  private void tokenArrived(
      Connection connection, @Nullable String token, @Nullable Throwable error) {
    if (connection != newest || !(state.phase() instanceof Phase.Connecting)) {
      return;
    }
    if (token == null) {
      on(new Event.Ended(connection.generation(), Handshakes.noToken(error)));
    } else {
      handshake(connection, token);
    }
  }

  private void handshake(Connection connection, @Nullable String token) {
    try {
      connection.socket(handshakes.begin(connection, token));
    } catch (RuntimeException | LinkageError unusable) {
      loop.post(() -> on(
          new Event.Ended(connection.generation(), new DisconnectCause.ConnectionLost(unusable))));
    }
  }

  private void notifyFollowers() {
    Phase phase = state.phase();
    boolean isUp = phase instanceof Phase.Open || phase instanceof Phase.Closing;
    Connection wasUp = up;
    up = isUp ? newest : null;
    if (wasUp != null && !isUp) {
      wasUp.end();
      liveness.stop();
      followers.forEach(ConnectionFollower::onDown);
    }
    if (wasUp == null && isUp) {
      lastConnected = loop.now();
    }
    ConnectionState next = snapshot();
    if (!next.equals(snapshot)) {
      snapshot = next;
      onState.accept(next, endpoint());
    }
    if (wasUp == null && up != null) {
      established(up);
    }
    if (phase instanceof Phase.Failed failed) {
      AgentCraftException error = gaveUp(failed.cause(), failed.reason());
      followers.forEach(follower -> follower.onGaveUp(error));
    } else if (phase instanceof Phase.Closed) {
      AgentCraftException error = new ClientClosedException("What was asked for was not done");
      followers.forEach(follower -> follower.onClosed(error));
    }
  }

  private void established(Connection connection) {
    liveness.watch(connection);
    followers.forEach(follower -> follower.onUp(connection));
    connection.handler(handlers.apply(connection));
  }

  private ConnectionState snapshot() {
    Phase phase = state.phase();
    ConnectionStatus status;
    int attempt = 0;
    Duration nextDelay = null;
    DisconnectCause cause = null;
    if (phase instanceof Phase.Connecting connecting) {
      attempt = connecting.attempt();
      status = attempt == 0 ? ConnectionStatus.CONNECTING : ConnectionStatus.RECONNECTING;
      cause = connecting.lastCause();
    } else if (phase instanceof Phase.Waiting waiting) {
      status = ConnectionStatus.RECONNECTING;
      attempt = waiting.attempt();
      nextDelay = waiting.delay();
      cause = waiting.cause();
    } else if (phase instanceof Phase.Failed failed) {
      status = ConnectionStatus.FAILED;
      attempt = failed.attempts();
      cause = failed.cause();
    } else if (phase instanceof Phase.Closed) {
      status = ConnectionStatus.CLOSED;
      cause = new DisconnectCause.ClosedByCaller();
    } else {
      status =
          phase instanceof Phase.Idle ? ConnectionStatus.DISCONNECTED : ConnectionStatus.CONNECTED;
    }
    String clientId = newest == null ? null : newest.clientId();
    return new ConnectionState(status, attempt, nextDelay, lastConnected, cause, clientId);
  }
}
