package io.agentcraft.testing.conformance;

import io.agentcraft.testing.ClientConnection;
import io.agentcraft.testing.ClientIdCheck;
import io.agentcraft.testing.FrameRewriter;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A violation of the protocol, by means of the reference server's faults.
 *
 * @param name what is wrong
 * @param options what is wrong from the start
 * @param act what goes wrong once the server runs
 * @param culprits the checks that must find it; no others may
 */
record Sabotage(
    String name,
    UnaryOperator<ReferenceServerBuilder> options,
    Act act,
    Set<ConformanceCheck> culprits) {

  /** Makes a running server violate the protocol. */
  @FunctionalInterface
  interface Act {
    void on(TestBed bed, ReferenceServer server, ConformanceKit kit);
  }

  static Sabotage built(
      String name, UnaryOperator<ReferenceServerBuilder> options, ConformanceCheck... culprits) {
    return new Sabotage(name, options, (bed, server, kit) -> {}, Set.of(culprits));
  }

  static Sabotage sent(String name, FrameRewriter rewriter, ConformanceCheck... culprits) {
    return new Sabotage(
        name,
        options -> options,
        (bed, server, kit) -> server.faults().rewriteSent(rewriter),
        Set.of(culprits));
  }

  static Sabotage received(String name, FrameRewriter rewriter, ConformanceCheck... culprits) {
    return new Sabotage(
        name,
        options -> options,
        (bed, server, kit) -> server.faults().rewriteReceived(rewriter),
        Set.of(culprits));
  }

  /** The same in the deployed form. Without deaf connections, since detecting them takes time. */
  Sabotage deployed() {
    return new Sabotage(
        name + ", deployed",
        builder -> options.apply(builder.form(WireForm.DEPLOYED).deafConnections(false)),
        act,
        culprits);
  }

  /** Drops frames. */
  static FrameRewriter without(String... types) {
    return (connection, text) -> isAny(text, types) ? List.of() : List.of(text);
  }

  /** Changes frames of a type. */
  static FrameRewriter replacing(String type, String what, String by) {
    return (connection, text) -> List.of(is(text, type) ? text.replace(what, by) : text);
  }

  /** Does something in place of handling a frame. */
  static FrameRewriter instead(Predicate<String> of, Consumer<ClientConnection> act) {
    return (connection, text) -> {
      if (of.test(text)) {
        act.accept(connection);
        return List.of();
      }
      return List.of(text);
    };
  }

  static Sabotage answersToEverybody(ConformanceCheck... culprits) {
    return new Sabotage(
        "answers go to everybody",
        options -> options,
        (bed, server, kit) -> server.faults().rewriteSent((connection, text) -> {
          if (isAny(text, "session_logs", "session_state", "log_streaming_started")) {
            server.openConnections().stream()
                .filter(other -> other != connection)
                .forEach(other -> other.sendRaw(text));
          }
          return List.of(text);
        }),
        Set.of(culprits));
  }

  static Sabotage relayToOthersOnly(ConformanceCheck... culprits) {
    Set<ClientConnection> senders =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    return new Sabotage(
        "a status is relayed to others only",
        options -> options,
        (bed, server, kit) -> {
          server.faults().rewriteReceived((connection, text) -> {
            if (is(text, "agent_status")) {
              senders.add(connection);
            }
            return List.of(text);
          });
          server
              .faults()
              .rewriteSent(
                  (connection, text) -> is(text, "agent_status") && senders.contains(connection)
                      ? List.of()
                      : List.of(text));
        },
        Set.of(culprits));
  }

  static Sabotage oneBadFrameEndsAll(ConformanceCheck... culprits) {
    return new Sabotage(
        "a malformed frame ends everybody's connection",
        options -> options,
        (bed, server, kit) -> server
            .faults()
            .rewriteReceived(instead(
                text -> !text.startsWith("{"), culprit -> server.faults().cutConnections())),
        Set.of(culprits));
  }

  static Sabotage eachIdOnce(ConformanceCheck... culprits) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    return new Sabotage(
        "an id is served only once",
        options -> options,
        (bed, server, kit) -> server.faults().onNextConnections(1_000, connection -> {
          if (!ids.add(connection.clientId())) {
            connection.close(4000, "known already");
          }
        }),
        Set.of(culprits));
  }

  /** Accepts bad ids, except one. */
  static Sabotage refusesNobodyWith(int code, ConformanceCheck... culprits) {
    return new Sabotage(
        "of all bad ids only one is refused, with " + code,
        options -> options.clientIdCheck(ClientIdCheck.OFF),
        (bed, server, kit) -> server.faults().onNextConnections(1_000, connection -> {
          if (connection.clientId().equals("nobody")) {
            connection.close(code, "Invalid client ID");
          }
        }),
        Set.of(culprits));
  }

  /** Greets a client id that was connected before, and sends nothing else to it. */
  static Sabotage deafTheSecondTime(ConformanceCheck... culprits) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    Set<ClientConnection> deaf =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    return new Sabotage(
        "an id is deaf the second time",
        options -> options,
        (bed, server, kit) -> {
          server.faults().onNextConnections(1_000, connection -> {
            if (!ids.add(connection.clientId())) {
              deaf.add(connection);
            }
          });
          server
              .faults()
              .rewriteReceived(
                  (from, text) -> deaf.contains(from) ? List.<String>of() : List.of(text));
        },
        Set.of(culprits));
  }

  /** A log line that quotes a frame. */
  static String logOf(String frame) {
    return "{\"type\":\"crewai_log\",\"timestamp\":1.5,\"message\":\"Received "
        + frame.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  /** Its timer does not restart when a frame arrives. */
  static Sabotage pingsByTheClock(ConformanceCheck... culprits) {
    return new Sabotage(
        "a ping every 30 s, whatever comes",
        options -> options.pingInterval(Duration.ZERO),
        (bed, server, kit) -> {
          long[] millis = new long[1];
          kit.passTime(time -> {
            bed.pass(server, time);
            millis[0] += time.toMillis();
            if (millis[0] >= 30_000) {
              millis[0] = 0;
              server.sendRaw("{\"type\":\"ping\",\"timestamp\":736.91}");
            }
          });
        },
        Set.of(culprits));
  }

  static boolean is(String text, String type) {
    return text.startsWith("{\"type\":\"" + type + "\"");
  }

  private static boolean isAny(String text, String... types) {
    return List.of(types).stream().anyMatch(type -> is(text, type));
  }

  @Override
  public String toString() {
    return name;
  }
}
