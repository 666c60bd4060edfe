package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.internal.connection.ConnectionMachine.Effect;
import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import io.agentcraft.client.internal.connection.ConnectionMachine.Phase;
import io.agentcraft.client.internal.connection.ConnectionMachine.State;
import io.agentcraft.client.internal.connection.ConnectionMachine.Transition;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A machine, where it stands, and its transitions in words. */
final class MachineDriver {

  static final Duration HANDSHAKE = Duration.ofSeconds(15);
  static final Duration STABLE = Duration.ofSeconds(5);
  static final Duration CLOSE = Duration.ofSeconds(6);
  static final DisconnectCause BROKEN =
      new DisconnectCause.ConnectionLost(new IOException("broken"));

  private final ConnectionMachine machine;
  State now;
  Transition last;

  MachineDriver(ReconnectPolicy policy, Duration stable, boolean asksForTokens, int places) {
    machine = new ConnectionMachine(policy, HANDSHAKE, stable, CLOSE, asksForTokens);
    List<Endpoint> endpoints = Stream.of("ws://host/first", "ws://host/second")
        .limit(places)
        .map(base -> new Endpoint(base, ""))
        .toList();
    now = State.initial(Endpoints.of(endpoints));
    last = Transition.to(now);
  }

  static MachineDriver withDefaults() {
    return new MachineDriver(ExponentialBackoff.defaults(), STABLE, false, 1);
  }

  static MachineDriver withPolicy(ReconnectPolicy policy) {
    return new MachineDriver(policy, STABLE, false, 1);
  }

  static DisconnectCause refused(int status) {
    return new DisconnectCause.HandshakeRefused(status, null, "");
  }

  static DisconnectCause.ClosedByServer closed(int code) {
    return new DisconnectCause.ClosedByServer(code, "");
  }

  /** Applies an event and returns where it led, with the effects. */
  String on(Event event) {
    last = machine.on(now, event);
    now = last.next();
    return words(last);
  }

  String connect() {
    return on(new Event.ConnectRequested());
  }

  String timeout() {
    return on(new Event.TimedOut(""));
  }

  String opened() {
    return on(new Event.Opened(now.generation()));
  }

  String firstMessage() {
    return on(new Event.FirstMessage(now.generation()));
  }

  String ended(DisconnectCause cause) {
    return on(new Event.Ended(now.generation(), cause));
  }

  /** The delay of the wait that the machine is in. */
  Duration waits() {
    return ((Phase.Waiting) now.phase()).delay();
  }

  DisconnectCause cause() {
    return now.phase() instanceof Phase.Waiting waiting
        ? waiting.cause()
        : ((Phase.Failed) now.phase()).cause();
  }

  static String words(Transition transition) {
    List<String> words = new ArrayList<>(List.of(words(transition.next().phase())));
    transition.effects().forEach(effect -> words.add(words(effect)));
    return String.join(" ", words);
  }

  private static String words(Phase phase) {
    if (phase instanceof Phase.Connecting connecting) {
      return "Connecting(" + connecting.attempt() + ")";
    }
    if (phase instanceof Phase.Open open) {
      return "Open("
          + Stream.of(
                  String.valueOf(open.attempt()),
                  open.delivered() ? "delivered" : "",
                  open.closing() != null ? "leaving" : "")
              .filter(word -> !word.isEmpty())
              .collect(Collectors.joining(","))
          + ")";
    }
    if (phase instanceof Phase.Waiting waiting) {
      return "Waiting(" + waiting.attempt() + ")";
    }
    if (phase instanceof Phase.Failed failed) {
      return "Failed(" + failed.attempts() + ")";
    }
    return phase.getClass().getSimpleName();
  }

  private static String words(Effect effect) {
    if (effect instanceof Effect.OpenSocket open) {
      return "open(" + open.generation() + ")";
    }
    if (effect instanceof Effect.CloseSocket close) {
      return "close(" + close.generation() + ")";
    }
    if (effect instanceof Effect.CancelSocket cancel) {
      return "cancel(" + cancel.generation() + ")";
    }
    return effect instanceof Effect.StartTimer start
        ? "timer(" + start.delay().toSeconds() + ")"
        : "stop";
  }
}
