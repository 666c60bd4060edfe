package io.agentcraft.testing.conformance;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.testing.internal.raw.Frame;
import io.agentcraft.testing.internal.raw.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who is let in, who is who, and who comes again. */
final class ClientChecks {

  private static final List<String> BAD_IDS =
      List.of("nobody", "client_1700000000000_UPPER", "client_x_abc123");
  private static final int FORBIDDEN = 403;
  private static final int POLICY_VIOLATION = 1008;
  private static final String REFUSAL = "HTTP 403, or close code 1008, for the client id ";

  /** Round trips after which a server has cleaned up what it does at the end of a connection. */
  private static final int SETTLING = 3;

  private ClientChecks() {}

  static CheckOutcome idRefusal(Scene scene) {
    boolean afterAccept = false;
    for (String id : BAD_IDS) {
      Peer peer = scene.knock(id);
      Optional<Peer.End> refusal = peer.refusal();
      if (refusal.isEmpty()) {
        closedAtOnce(id, new Line(peer, scene.settings()));
        afterAccept = true;
      } else if (refusal.get().status() != FORBIDDEN) {
        throw Settled.fail(REFUSAL + id, "there came " + Survey.refused(refusal.get()));
      }
    }
    return new CheckOutcome.Pass(afterAccept ? "close code 1008 after the handshake" : "");
  }

  static CheckOutcome isolation(Scene scene) {
    Line bystander = scene.line();
    Line asker = scene.line();
    int mark = bystander.mark();
    List<String> sessions =
        List.of(Asking.unknownSession(), Asking.unknownSession(), Asking.unknownSession());
    asker.send(Asking.logs(sessions.get(0)));
    asker.send(Asking.state(sessions.get(1)));
    asker.send(Asking.startStreaming(sessions.get(2)));
    asker.send(Asking.stopStreaming());
    asker.roundTrip();
    bystander.roundTrip();
    // The log of the deployed form tells everyone what clients do: that is no answer.
    Optional<Frame> overheard = bystander.seen(
        mark,
        frame -> Asking.isPersonal(frame)
            && (frame.type().startsWith("log_streaming_")
                || sessions.stream().anyMatch(session -> frame.text().contains(session))));
    if (overheard.isPresent()) {
      throw Settled.fail(
          "nothing for a client that did not ask", "it got " + overheard.get().shown());
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome sameId(Scene scene) {
    String id = ClientIds.create();
    Line bystander = scene.line();
    Line old = scene.line(id);
    old.peer().close();
    Duration timeout = scene.settings().answerTimeout();
    if (old.peer().awaitEnd(timeout).isEmpty()) {
      throw Settled.fail(
          "the close handshake to be answered", "it was not within " + Line.seconds(timeout));
    }
    settle(bystander);
    Line again = scene.fresh(id);
    // The old connection is gone for good: there is no late clean-up to excuse a deaf one.
    if (!again.tryRoundTrip()) {
      throw Settled.fail("answers on the new connection", again.came(0));
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome overlapping(Scene scene) {
    String id = ClientIds.create();
    Line bystander = scene.line();
    Line old = scene.line(id);
    Line newer = scene.fresh(id);
    if (!newer.tryRoundTrip()) {
      throw Settled.fail("answers on the newer connection", newer.came(0));
    }
    old.peer().close();
    var ignored = old.peer().awaitEnd(scene.settings().answerTimeout());
    settle(bystander);
    int mark = newer.mark();
    return newer.tryRoundTrip() ? new CheckOutcome.Pass("") : deafOrFailed(newer, mark);
  }

  /** A deaf connection was greeted and stays open; what else goes wrong is no known deviation. */
  private static CheckOutcome deafOrFailed(Line line, int mark) {
    if (line.peer().end().isPresent() || line.mark() == 0) {
      throw Settled.fail("the newer connection to be served", line.came(mark));
    }
    return new CheckOutcome.Deviation(KnownDeviation.DEAF_CONNECTION);
  }

  /** Lets the server clean up: it has the time of some round trips of another client. */
  private static void settle(Line bystander) {
    for (int i = 0; i < SETTLING; i++) {
      bystander.roundTrip();
    }
  }

  private static void closedAtOnce(String id, Line line) {
    boolean answered = line.tryRoundTrip();
    Optional<Peer.End> end = line.peer().end();
    if (end.isEmpty() || end.get().code() != POLICY_VIOLATION) {
      throw Settled.fail(
          REFUSAL + id,
          end.map(how -> "it was accepted, and ended with " + Line.ending(how))
              .orElse(answered ? "it was accepted and is served" : "it was accepted"));
    }
  }
}
