package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect.CancelSocket;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect.CloseSocket;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect.OpenSocket;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect.StartTimer;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect.StopTimer;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to connect, wait, give up and close. It is pure: the same state and event always lead to the same
 * transition, as far as the reconnect policy does. Events of any socket but the newest change nothing.
 *
 * @param backoffResetAfter how long a connection must stay up after its first message before the count of attempts starts
 *     again
 * @param renewsToken whether each attempt asks a provider for a new token, so that a 401 may be worth another attempt
 */
public record ConnectionMachine(
    ReconnectPolicy policy,
    Duration handshakeTimeout,
    Duration backoffResetAfter,
    Duration closeTimeout,
    boolean renewsToken) {

  /** The phase of the connection. {@code attempt} counts from the last stable connection; 0 is the first handshake. */
  sealed interface Phase {

    record Idle() implements Phase {}

    /**
     * A handshake is under way.
     *
     * @param lastCause why the previous attempt ended; {@code null} for the first
     */
    record Connecting(int attempt, @Nullable DisconnectCause lastCause) implements Phase {}

    /**
     * The socket is open.
     *
     * @param delivered whether a message has arrived, so that {@code backoffResetAfter} runs
     * @param closing the server's close frame, once received
     */
    record Open(int attempt, boolean delivered, DisconnectCause.@Nullable ClosedByServer closing)
        implements Phase {

      Open stable() {
        return new Open(0, true, closing);
      }

      /** Returns why it ended: the server's close code says more than how the socket then broke, and may be final. */
      DisconnectCause endedBy(DisconnectCause cause) {
        return closing != null ? closing : cause;
      }
    }

    record Waiting(int attempt, Duration delay, DisconnectCause cause) implements Phase {}

    /** The close frame was sent; the server's is awaited. */
    record Closing() implements Phase {}

    record Failed(int attempts, DisconnectCause cause, String reason) implements Phase {}

    record Closed() implements Phase {}
  }

  /**
   * The phase, and what outlives it.
   *
   * @param generation the number of the newest socket, from 1; 0 before the first
   * @param unauthorized how many handshakes in a row were refused with 401
   */
  record State(Phase phase, long generation, Endpoints endpoints, int unauthorized) {

    static State initial(Endpoints endpoints) {
      return new State(new Phase.Idle(), 0, endpoints, 0);
    }

    State with(Phase next) {
      return new State(next, generation, endpoints, unauthorized);
    }

    State with(Endpoints next) {
      return new State(phase, generation, next, unauthorized);
    }

    State withUnauthorized(int count) {
      return new State(phase, generation, endpoints, count);
    }

    State nextGeneration() {
      return new State(phase, generation + 1, endpoints, unauthorized);
    }

    /** Returns the phase, if the socket with this number is open. */
    Phase.@Nullable Open open(long number) {
      return number == generation && phase instanceof Phase.Open open ? open : null;
    }
  }

  /** What can happen. Events of a socket carry its generation. */
  sealed interface Event {

    record ConnectRequested() implements Event {}

    record CloseRequested() implements Event {}

    /**
     * The timer of the current phase ran out.
     *
     * @param hint what may have delayed a handshake; empty if nothing is known
     */
    record TimedOut(String hint) implements Event {}

    record Opened(long generation) implements Event {}

    record FirstMessage(long generation) implements Event {}

    record PeerClosing(long generation, DisconnectCause.ClosedByServer close) implements Event {}

    record Silent(long generation, Duration silence) implements Event {}

    /** The socket accepted no frame. */
    record Mute(long generation) implements Event {}

    record Ended(long generation, DisconnectCause cause) implements Event {}
  }

  /** What the loop has to do. */
  sealed interface Effect {

    record OpenSocket(long generation, Endpoint endpoint) implements Effect {}

    /** Start the close handshake. */
    record CloseSocket(long generation) implements Effect {}

    record CancelSocket(long generation) implements Effect {}

    /** Start the phase's timer. There is at most one: a new one replaces it. */
    record StartTimer(Duration delay) implements Effect {}

    record StopTimer() implements Effect {}
  }

  /** The next state, and what has to be done, in order. */
  record Transition(State next, List<Effect> effects) {

    static Transition to(State next, Effect... effects) {
      return new Transition(next, List.of(effects));
    }

    Transition after(Effect first) {
      return new Transition(
          next, Stream.concat(Stream.of(first), effects.stream()).toList());
    }
  }

  /**
   * Asks the reconnect policy. It is user code on the thread that all clients share: if it throws or returns {@code null},
   * that means giving up.
   */
  public static ReconnectPolicy.Decision decide(
      ReconnectPolicy policy, ReconnectPolicy.Context context) {
    try {
      return Objects.requireNonNullElseGet(
          policy.decide(context),
          () -> ReconnectPolicy.Decision.giveUp("the reconnect policy returned null"));
    } catch (Throwable thrown) {
      return ReconnectPolicy.Decision.giveUp("the reconnect policy threw " + thrown);
    }
  }

  Transition on(State now, Event event) {
    if (event instanceof Event.ConnectRequested) {
      return connectRequested(now);
    }
    if (event instanceof Event.CloseRequested) {
      return closeRequested(now);
    }
    if (event instanceof Event.TimedOut timedOut) {
      return timedOut(now, timedOut.hint());
    }
    if (event instanceof Event.Opened opened) {
      return opened(now, opened.generation());
    }
    if (event instanceof Event.FirstMessage first) {
      return firstMessage(now, first.generation());
    }
    if (event instanceof Event.PeerClosing closing) {
      return peerClosing(now, closing);
    }
    if (event instanceof Event.Silent silent) {
      return silent(now, silent);
    }
    if (event instanceof Event.Mute mute) {
      return mute(now, mute.generation());
    }
    Event.Ended ended = (Event.Ended) event;
    return ended.generation() == now.generation() ? ended(now, ended.cause()) : Transition.to(now);
  }

  private Transition connectRequested(State now) {
    if (now.phase() instanceof Phase.Idle || now.phase() instanceof Phase.Failed) {
      return open(
          now.withUnauthorized(0).with(now.endpoints().restart()), new Phase.Connecting(0, null));
    }
    return Transition.to(now);
  }

  private Transition closeRequested(State now) {
    Phase phase = now.phase();
    if (phase instanceof Phase.Closing || phase instanceof Phase.Closed) {
      return Transition.to(now);
    }
    if (phase instanceof Phase.Open) {
      return Transition.to(
          now.with(new Phase.Closing()),
          new CloseSocket(now.generation()),
          new StartTimer(closeTimeout));
    }
    if (phase instanceof Phase.Connecting) {
      return Transition.to(
          now.with(new Phase.Closed()), new StopTimer(), new CancelSocket(now.generation()));
    }
    return Transition.to(now.with(new Phase.Closed()), new StopTimer());
  }

  private Transition timedOut(State now, String hint) {
    Phase phase = now.phase();
    if (phase instanceof Phase.Connecting connecting) {
      return dropped(
          now, connecting.attempt(), new DisconnectCause.HandshakeTimedOut(handshakeTimeout, hint));
    }
    if (phase instanceof Phase.Open open) {
      if (open.closing() != null) {
        return dropped(now, open.attempt(), open.closing());
      }
      return Transition.to(open.delivered() ? now.with(open.stable()) : now);
    }
    if (phase instanceof Phase.Waiting waiting) {
      return open(now, new Phase.Connecting(waiting.attempt(), waiting.cause()));
    }
    if (phase instanceof Phase.Closing) {
      return Transition.to(now.with(new Phase.Closed()), new CancelSocket(now.generation()));
    }
    return Transition.to(now);
  }

  private Transition opened(State now, long generation) {
    boolean isUp = now.phase() instanceof Phase.Open || now.phase() instanceof Phase.Closing;
    if (isUp && generation == now.generation()) {
      return Transition.to(now);
    }
    if (generation != now.generation() || !(now.phase() instanceof Phase.Connecting connecting)) {
      return Transition.to(now, new CancelSocket(generation));
    }
    State next = now.with(new Phase.Open(connecting.attempt(), false, null))
        .with(now.endpoints().settle())
        .withUnauthorized(0);
    return Transition.to(next, new StopTimer());
  }

  private Transition firstMessage(State now, long generation) {
    Phase.Open open = now.open(generation);
    if (open == null || open.delivered()) {
      return Transition.to(now);
    }
    if (backoffResetAfter.isZero()) {
      return Transition.to(now.with(open.stable()));
    }
    State next = now.with(new Phase.Open(open.attempt(), true, open.closing()));
    // Once the server has sent its close frame, the timer is that of the close handshake.
    return open.closing() == null
        ? Transition.to(next, new StartTimer(backoffResetAfter))
        : Transition.to(next);
  }

  private Transition peerClosing(State now, Event.PeerClosing event) {
    Phase.Open open = now.open(event.generation());
    if (open == null) {
      return Transition.to(now);
    }
    Phase closing = new Phase.Open(open.attempt(), open.delivered(), event.close());
    return Transition.to(now.with(closing), new StartTimer(closeTimeout));
  }

  private Transition ended(State now, DisconnectCause cause) {
    Phase phase = now.phase();
    if (phase instanceof Phase.Closing) {
      return Transition.to(now.with(new Phase.Closed()), new StopTimer());
    }
    if (phase instanceof Phase.Connecting connecting) {
      return refused(now, connecting, cause);
    }
    if (phase instanceof Phase.Open open) {
      return lost(now, open.attempt(), open.endedBy(cause));
    }
    return Transition.to(now);
  }

  private Transition silent(State now, Event.Silent event) {
    Phase.Open open = now.open(event.generation());
    if (open == null) {
      return Transition.to(now);
    }
    DisconnectCause silent = new DisconnectCause.IdleTimedOut(event.silence());
    return dropped(now, open.attempt(), open.endedBy(silent));
  }

  private Transition mute(State now, long generation) {
    Phase.Open open = now.open(generation);
    if (open == null || open.closing() != null) {
      return Transition.to(now);
    }
    IOException error = new IOException("the socket accepts no more frames");
    return dropped(now, open.attempt(), new DisconnectCause.ConnectionLost(error));
  }

  private Transition refused(State now, Phase.Connecting connecting, DisconnectCause cause) {
    if (!(cause instanceof HandshakeRefused refused)) {
      return lost(now, connecting.attempt(), cause);
    }
    boolean wrongPlace = refused.httpStatus() == 403 || refused.httpStatus() == 404;
    if (wrongPlace && now.endpoints().hasNext()) {
      return open(now.with(now.endpoints().next()), connecting);
    }
    DisconnectCause explained = new HandshakeRefused(
        refused.httpStatus(), refused.retryAfter(), Handshakes.refused(refused, now.endpoints()));
    return lost(now, connecting.attempt(), explained);
  }

  /** Drops the newest socket, whatever it still has to say. */
  private Transition dropped(State now, int attempt, DisconnectCause cause) {
    return lost(now, attempt, cause).after(new CancelSocket(now.generation()));
  }

  private Transition lost(State now, int attempt, DisconnectCause cause) {
    boolean unauthorized = cause instanceof HandshakeRefused refused && refused.httpStatus() == 401;
    boolean freshToken = renewsToken && unauthorized && now.unauthorized() == 0;
    State next = now.with(now.endpoints().restart())
        .withUnauthorized(unauthorized ? now.unauthorized() + 1 : 0);
    ReconnectPolicy.Decision decision =
        decide(policy, new ReconnectPolicy.Context(cause, attempt + 1, freshToken));
    if (decision instanceof ReconnectPolicy.Decision.RetryAfter retry) {
      return Transition.to(
          next.with(new Phase.Waiting(attempt + 1, retry.delay(), cause)),
          new StartTimer(retry.delay()));
    }
    String reason = ((ReconnectPolicy.Decision.GiveUp) decision).reason();
    return Transition.to(next.with(new Phase.Failed(attempt, cause, reason)), new StopTimer());
  }

  private Transition open(State now, Phase.Connecting phase) {
    State next = now.nextGeneration().with(phase);
    return Transition.to(
        next,
        new OpenSocket(next.generation(), next.endpoints().current()),
        new StartTimer(handshakeTimeout));
  }
}
