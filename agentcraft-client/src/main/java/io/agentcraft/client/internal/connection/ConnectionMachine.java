package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.internal.connection.Effect.CancelSocket;
import io.agentcraft.client.internal.connection.Effect.CloseSocket;
import io.agentcraft.client.internal.connection.Effect.OpenSocket;
import io.agentcraft.client.internal.connection.Effect.StartTimer;
import io.agentcraft.client.internal.connection.Effect.StopTimer;
import io.agentcraft.client.connection.ReconnectContext;
import io.agentcraft.client.connection.ReconnectDecision;
import io.agentcraft.client.connection.ReconnectPolicy;
import java.time.Duration;

/**
 * Decides when to connect, wait, give up and close. Pure: the same connection and event always give the same
 * transition (as far as the policy does). An event of a socket that is not the newest changes nothing.
 *
 * @param backoffResetAfter how long a connection must stay up after its first message for the attempts to count anew
 * @param asksForTokens whether each attempt asks a provider for a token, so that a 401 may be worth another
 */
record ConnectionMachine(
    ReconnectPolicy policy,
    Duration handshakeTimeout,
    Duration backoffResetAfter,
    Duration closeTimeout,
    boolean asksForTokens) {

  Transition on(MachineState now, Event event) {
    if (event instanceof Event.ConnectAsked) {
      return connectAsked(now);
    }
    if (event instanceof Event.CloseAsked) {
      return closeAsked(now);
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
    Event.Ended ended = (Event.Ended) event;
    return ended.generation() == now.generation() ? ended(now, ended.cause()) : Transition.to(now);
  }

  private Transition connectAsked(MachineState now) {
    if (now.phase() instanceof Phase.Idle || now.phase() instanceof Phase.Failed) {
      return open(
          now.unauthorized(0).with(now.endpoints().restart()), new Phase.Connecting(0, null));
    }
    return Transition.to(now);
  }

  private Transition closeAsked(MachineState now) {
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

  private Transition timedOut(MachineState now, String hint) {
    Phase phase = now.phase();
    if (phase instanceof Phase.Connecting) {
      return dropped(now, new DisconnectCause.HandshakeTimedOut(handshakeTimeout, hint));
    }
    if (phase instanceof Phase.Open open) {
      if (open.closing() != null) {
        return dropped(now, open.closing());
      }
      return Transition.to(open.delivered() ? now.with(stable(open)) : now);
    }
    if (phase instanceof Phase.Waiting waiting) {
      return open(now, new Phase.Connecting(waiting.attempt(), waiting.cause()));
    }
    if (phase instanceof Phase.Closing) {
      return Transition.to(now.with(new Phase.Closed()), new CancelSocket(now.generation()));
    }
    return Transition.to(now);
  }

  private Transition opened(MachineState now, long generation) {
    boolean isUp = now.phase() instanceof Phase.Open || now.phase() instanceof Phase.Closing;
    if (isUp && generation == now.generation()) {
      return Transition.to(now);
    }
    if (generation != now.generation() || !(now.phase() instanceof Phase.Connecting connecting)) {
      return Transition.to(now, new CancelSocket(generation));
    }
    MachineState next = now.with(new Phase.Open(connecting.attempt(), false, null))
        .with(now.endpoints().settle())
        .unauthorized(0);
    return Transition.to(next, new StopTimer());
  }

  private Transition firstMessage(MachineState now, long generation) {
    if (!isOpen(now, generation) || !(now.phase() instanceof Phase.Open open) || open.delivered()) {
      return Transition.to(now);
    }
    if (backoffResetAfter.isZero()) {
      return Transition.to(now.with(stable(open)));
    }
    MachineState next = now.with(new Phase.Open(open.attempt(), true, open.closing()));
    // Once the server has said goodbye, the timer is that of its close handshake.
    return open.closing() == null
        ? Transition.to(next, new StartTimer(backoffResetAfter))
        : Transition.to(next);
  }

  private Transition peerClosing(MachineState now, Event.PeerClosing event) {
    if (!isOpen(now, event.generation()) || !(now.phase() instanceof Phase.Open open)) {
      return Transition.to(now);
    }
    Phase closing = new Phase.Open(open.attempt(), open.delivered(), event.close());
    return Transition.to(now.with(closing), new StartTimer(closeTimeout));
  }

  private Transition ended(MachineState now, DisconnectCause cause) {
    Phase phase = now.phase();
    if (phase instanceof Phase.Closing) {
      return Transition.to(now.with(new Phase.Closed()), new StopTimer());
    }
    if (phase instanceof Phase.Connecting connecting) {
      return refused(now, connecting, cause);
    }
    if (phase instanceof Phase.Open open) {
      // The server's own word tells more than how the socket then broke, and may be final.
      return lost(now, open.attempt(), open.closing() != null ? open.closing() : cause);
    }
    return Transition.to(now);
  }

  private Transition silent(MachineState now, Event.Silent event) {
    if (!isOpen(now, event.generation()) || !(now.phase() instanceof Phase.Open open)) {
      return Transition.to(now);
    }
    return dropped(
        now,
        open.closing() != null ? open.closing() : new DisconnectCause.WentSilent(event.silence()));
  }

  private Transition refused(MachineState now, Phase.Connecting connecting, DisconnectCause cause) {
    if (!(cause instanceof HandshakeRefused refused)) {
      return lost(now, connecting.attempt(), cause);
    }
    boolean wrongPlace = refused.httpStatus() == 403 || refused.httpStatus() == 404;
    if (wrongPlace && now.endpoints().hasNext()) {
      return open(now.with(now.endpoints().next()), connecting);
    }
    DisconnectCause explained = new HandshakeRefused(
        refused.httpStatus(),
        refused.retryAfter(),
        Refusals.explain(refused.httpStatus(), now.endpoints()));
    return lost(now, connecting.attempt(), explained);
  }

  /** Ends the newest socket ourselves: what it still has to say is of no interest. */
  private Transition dropped(MachineState now, DisconnectCause cause) {
    int attempt = now.phase() instanceof Phase.Connecting connecting
        ? connecting.attempt()
        : ((Phase.Open) now.phase()).attempt();
    Transition lost = lost(now, attempt, cause);
    Effect[] effects = new Effect[lost.effects().size() + 1];
    effects[0] = new CancelSocket(now.generation());
    for (int i = 1; i < effects.length; i++) {
      effects[i] = lost.effects().get(i - 1);
    }
    return Transition.to(lost.next(), effects);
  }

  private Transition lost(MachineState now, int attempt, DisconnectCause cause) {
    boolean unauthorized = cause instanceof HandshakeRefused refused && refused.httpStatus() == 401;
    boolean freshToken = asksForTokens && unauthorized && now.unauthorized() == 0;
    MachineState next =
        now.with(now.endpoints().restart()).unauthorized(unauthorized ? now.unauthorized() + 1 : 0);
    ReconnectDecision decision =
        Decisions.of(policy, new ReconnectContext(cause, attempt + 1, freshToken));
    if (decision instanceof ReconnectDecision.RetryAfter retry) {
      return Transition.to(
          next.with(new Phase.Waiting(attempt + 1, retry.delay(), cause)),
          new StartTimer(retry.delay()));
    }
    String reason = ((ReconnectDecision.GiveUp) decision).reason();
    return Transition.to(next.with(new Phase.Failed(attempt, cause, reason)), new StopTimer());
  }

  private Transition open(MachineState now, Phase.Connecting phase) {
    MachineState next = now.nextGeneration().with(phase);
    return Transition.to(
        next,
        new OpenSocket(next.generation(), next.endpoints().current()),
        new StartTimer(handshakeTimeout));
  }

  private static boolean isOpen(MachineState now, long generation) {
    return now.phase() instanceof Phase.Open && now.generation() == generation;
  }

  private static Phase stable(Phase.Open open) {
    return new Phase.Open(0, true, open.closing());
  }
}
