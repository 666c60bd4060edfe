package io.agentcraft.testing.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Frames that have no answer, that the server can't understand, or that are too many. */
final class FrameChecks {

  private static final String NOT_JSON = "this is not JSON";
  private static final int NORMAL_CLOSE = 1000;
  private static final int LIMIT = 60;
  private static final int BEYOND = 10;
  private static final Duration WINDOW = Duration.ofSeconds(61);

  private FrameChecks() {}

  static CheckOutcome pong(CheckContext context) {
    CheckConnection connection = context.connection();
    int mark = connection.mark();
    connection.send(Requests.pong());
    connection.roundTrip();
    noAnswer(connection, mark, "pong");
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome unknown(CheckContext context) {
    CheckConnection connection = context.connection();
    int mark = connection.mark();
    connection.send(
        "{\"type\":\"conformance_probe\",\"session_id\":7,\"value\":[null,{\"deep\":true}]}");
    connection.roundTrip();
    noAnswer(connection, mark, "a frame of an unknown type");
    boolean answered = connection.tryRoundTrip(
        Requests.syncSession(),
        session -> "{\"conformance\":{\"a\":[1]},\"type\":\"get_session_logs\",\"session_id\":\""
            + session + "\"}");
    if (!answered) {
      throw CheckEndedException.fail(
          "an answer to get_session_logs with an unknown field", connection.received(mark));
    }
    return new CheckOutcome.Pass("");
  }

  static CheckOutcome malformed(CheckContext context) {
    CheckConnection bystander = context.connection();
    CheckConnection connection = context.connection();
    int mark = connection.mark();
    connection.send(NOT_JSON);
    // A server that survives it answers this; another one never sees it.
    boolean survived = connection.tryRoundTrip();
    Optional<RawConnection.End> end = connection.raw().end();
    if (end.isPresent()) {
      int code = end.get().code();
      if (code != RawConnection.NO_CLOSE_FRAME && code != NORMAL_CLOSE) {
        throw CheckEndedException.fail(
            "an end without a close frame, or with 1000",
            "it was " + CheckConnection.ending(end.get()));
      }
    } else if (!survived) {
      throw CheckEndedException.fail(
          "the connection to end, or to be served",
          "it stays open and is not served: " + connection.received(mark));
    }
    if (!bystander.tryRoundTrip()) {
      throw CheckEndedException.fail(
          "no other client to be affected", "another connection is not served any more");
    }
    return new CheckOutcome.Pass(end.map(CheckConnection::ending)
        .orElse("the server ignores it, which is more than the protocol requires"));
  }

  static CheckOutcome rateLimit(CheckContext context) {
    Settings settings = context.settings();
    if (!settings.rateLimit()) {
      throw CheckEndedException.notApplicable("it takes a minute, and runs only when asked for");
    }
    CheckConnection connection = context.fresh();
    int mark = connection.mark();
    List<String> within = ask(connection, LIMIT);
    for (String session : within) {
      if (connection
          .raw()
          .await(mark, Requests.isLogsOf(session), settings.answerTimeout())
          .isEmpty()) {
        long answered = answered(connection, mark, within);
        throw CheckEndedException.fail(
            "all of " + LIMIT + " requests in a minute to be answered", answered + " were");
      }
    }
    List<String> beyond = ask(connection, BEYOND);
    Predicate<Frame> late =
        frame -> beyond.stream().anyMatch(session -> Requests.isLogsOf(session).test(frame));
    if (settings.passTime() != null) {
      // The clock would be ahead of the frames. A frame that no server accepts ends the connection
      // after
      // all of them, or at least arrives after them.
      connection.send(NOT_JSON);
      var end = connection.raw().awaitEnd(settings.answerTimeout());
      if (end.isPresent()) {
        return withinLimit(answered(connection, mark, beyond));
      }
    }
    PingWait.pass(settings, WINDOW, () -> connection.raw().await(mark, late, WINDOW));
    if (connection.seen(mark, late).isEmpty()) {
      connection.roundTrip();
    }
    return withinLimit(answered(connection, mark, beyond));
  }

  private static void noAnswer(CheckConnection connection, int mark, String to) {
    Optional<Frame> answer = connection.seen(mark, Requests::isAnswer);
    if (answer.isPresent()) {
      throw CheckEndedException.fail("no answer to " + to, "got " + answer.get().shown());
    }
  }

  private static CheckOutcome withinLimit(long answered) {
    if (answered > 0) {
      throw CheckEndedException.fail(
          "no answer beyond " + LIMIT + " requests in a minute",
          answered + " of " + BEYOND + " more were answered");
    }
    return new CheckOutcome.Pass("");
  }

  private static List<String> ask(CheckConnection connection, int times) {
    List<String> sessions =
        IntStream.range(0, times).mapToObj(i -> Requests.unknownSession()).toList();
    sessions.forEach(session -> connection.send(Requests.logs(session)));
    return sessions;
  }

  private static long answered(CheckConnection connection, int mark, List<String> sessions) {
    return sessions.stream()
        .filter(session -> connection.seen(mark, Requests.isLogsOf(session)).isPresent())
        .count();
  }
}
