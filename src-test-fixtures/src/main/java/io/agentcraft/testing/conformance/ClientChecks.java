package io.agentcraft.testing.conformance;

import io.agentcraft.client.connection.ClientIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Client ids: which are accepted, whose answers are whose, and what a second connection with the same id gets. */
final class ClientChecks {

  private static final List<String> BAD_IDS =
      List.of("nobody", "client_1700000000000_UPPER", "client_x_abc123");
  private static final int FORBIDDEN = 403;
  private static final int POLICY_VIOLATION = 1008;
  private static final String REFUSAL = "HTTP 403, or close code 1008, for the client id ";

  /** Round trips after which a server has cleaned up after a connection. Far fewer than the rate limit allows. */
  private static final int SETTLING = 20;

  private ClientChecks() {}

  static CheckOutcome idRefusal(CheckContext context) {
    int refusedLater = 0;
    List<String> accepted = new ArrayList<>();
    for (String id : BAD_IDS) {
      RawConnection raw = context.tryOpen(id);
      Optional<RawConnection.End> refusal = raw.refusal();
      if (refusal.isEmpty()) {
        boolean served = isServed(id, new CheckConnection(raw, context.settings()));
        refusedLater += served ? 0 : 1;
        accepted.addAll(served ? List.of(id) : List.of());
      } else if (refusal.get().status() != FORBIDDEN) {
        throw CheckEndedException.fail(REFUSAL + id, "got " + ServerSurvey.refused(refusal.get()));
      }
    }
    if (accepted.size() == BAD_IDS.size()) {
      return new CheckOutcome.Deviation(KnownDeviation.ANY_CLIENT_ID);
    }
    if (!accepted.isEmpty()) {
      throw CheckEndedException.fail(
          REFUSAL + accepted.get(0), "it was accepted and is served, while other ids are refused");
    }
    return new CheckOutcome.Pass(refusedLater > 0 ? "close code 1008 after the handshake" : "");
  }

  static CheckOutcome isolation(CheckContext context) {
    CheckConnection bystander = context.connection();
    CheckConnection asker = context.connection();
    int mark = bystander.mark();
    List<String> sessions =
        List.of(Requests.unknownSession(), Requests.unknownSession(), Requests.unknownSession());
    asker.send(Requests.logs(sessions.get(0)));
    asker.send(Requests.state(sessions.get(1)));
    asker.send(Requests.startStreaming(sessions.get(2)));
    asker.send(Requests.stopStreaming());
    asker.roundTrip();
    bystander.roundTrip();
    // The log of the deployed form tells every client what others do: that is not an answer.
    Optional<Frame> overheard = bystander.seen(
        mark,
        frame -> Requests.isPersonal(frame)
            && (frame.type().startsWith("log_streaming_")
                || sessions.stream().anyMatch(session -> frame.text().contains(session))));
    if (overheard.isPresent()) {
      throw CheckEndedException.fail(
          "nothing for a client that did not ask", "it got " + overheard.get().shown());
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome sameId(CheckContext context) {
    String id = ClientIds.create();
    CheckConnection bystander = context.connection();
    CheckConnection old = context.connection(id);
    old.raw().close();
    Duration timeout = context.settings().answerTimeout();
    if (old.raw().awaitEnd(timeout).isEmpty()) {
      throw CheckEndedException.fail(
          "the close handshake to be answered",
          "it was not within " + CheckConnection.seconds(timeout));
    }
    // Whatever the close handshake looked like, the server may notice only the end of TCP.
    old.raw().cancel();
    for (int i = 0; i < SETTLING; i++) {
      bystander.roundTrip();
    }
    CheckConnection again = context.fresh(id);
    // The old connection has been closed: no late clean-up can make the new one deaf.
    if (!again.tryRoundTrip()) {
      throw CheckEndedException.fail("answers on the new connection", again.received(0));
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome overlapping(CheckContext context) {
    String id = ClientIds.create();
    CheckConnection bystander = context.connection();
    CheckConnection old = context.connection(id);
    CheckConnection newer = context.fresh(id);
    if (!newer.tryRoundTrip()) {
      throw CheckEndedException.fail("answers on the newer connection", newer.received(0));
    }
    old.raw().close();
    var ignored = old.raw().awaitEnd(context.settings().answerTimeout());
    old.raw().cancel();
    // A clean-up may take a while; when it is over, the newer connection is deaf or never will be.
    for (int i = 0; i < SETTLING; i++) {
      bystander.roundTrip();
      int mark = newer.mark();
      if (!newer.tryRoundTrip()) {
        return deafOrFailed(newer, mark);
      }
    }
    return new CheckOutcome.Pass("");
  }

  /** A deaf connection was greeted and stays open; anything else is not the known deviation. */
  private static CheckOutcome deafOrFailed(CheckConnection connection, int mark) {
    if (connection.raw().end().isPresent() || connection.mark() == 0) {
      throw CheckEndedException.fail(
          "the newer connection to be served", connection.received(mark));
    }
    return new CheckOutcome.Deviation(KnownDeviation.DEAF_CONNECTION);
  }

  /** Returns whether the connection is served; false if it was closed as it should be. */
  private static boolean isServed(String id, CheckConnection connection) {
    boolean answered = connection.tryRoundTrip();
    Optional<RawConnection.End> end = connection.raw().end();
    if (answered && end.isEmpty()) {
      return true;
    }
    if (end.isEmpty() || end.get().code() != POLICY_VIOLATION) {
      throw CheckEndedException.fail(
          REFUSAL + id,
          end.map(how -> "it was accepted, and ended with " + CheckConnection.ending(how))
              .orElse("it was accepted, but is not served"));
    }
    return false;
  }
}
