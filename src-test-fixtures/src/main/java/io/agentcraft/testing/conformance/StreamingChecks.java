package io.agentcraft.testing.conformance;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Live log lines: a stream is started and stopped. */
final class StreamingChecks {

  private static final String STARTED = "log_streaming_started";
  private static final String STOPPED = "log_streaming_stopped";

  private StreamingChecks() {}

  static CheckOutcome start(CheckContext context) {
    String session = session(context);
    CheckConnection connection = context.connection();
    boolean confirmed =
        request(context, connection, Requests.startStreaming(session), STARTED, session);
    int mark = connection.mark();
    Optional<String> message = provoke(context);
    if (message.isPresent()) {
      var ignored = connection
          .expect(mark, live(message.get()))
          .orElseThrow(() -> CheckEndedException.fail(
              "the log line that was just written", connection.received(mark)));
    }
    connection.send(Requests.stopStreaming());
    connection.roundTrip();
    return confirmed
        ? new CheckOutcome.Deviation(KnownDeviation.STREAMING_CONFIRMED)
        : new CheckOutcome.Pass(
            message.isPresent() ? "" : "no log line was written, so none was checked");
  }

  static CheckOutcome stop(CheckContext context) {
    String session = session(context);
    CheckConnection connection = context.connection();
    boolean ignored =
        request(context, connection, Requests.startStreaming(session), STARTED, session);
    boolean confirmed = request(context, connection, Requests.stopStreaming(), STOPPED, null);
    int mark = connection.mark();
    Optional<String> message = provoke(context);
    connection.roundTrip();
    connection.roundTrip();
    List<Frame> later = connection.raw().since(mark);
    Optional<Frame> more = later.stream()
        .filter(frame -> frame.is("session_logs") && !Requests.isSync(frame))
        .findFirst();
    if (more.isPresent()) {
      throw CheckEndedException.fail(
          "no log lines after the stop", "got " + more.get().shown());
    }
    if (message.isPresent() && later.stream().anyMatch(live(message.get()))) {
      return new CheckOutcome.Deviation(KnownDeviation.LOG_LINES_TO_EVERYONE);
    }
    return confirmed
        ? new CheckOutcome.Deviation(KnownDeviation.STREAMING_CONFIRMED)
        : new CheckOutcome.Pass(message.isPresent() ? "" : "no log line was written meanwhile");
  }

  /** Sends a request; true if it was confirmed, as the deployed form must and the documented one may do. */
  private static boolean request(
      CheckContext context,
      CheckConnection connection,
      String request,
      String confirmation,
      @Nullable String session) {
    int mark = connection.mark();
    connection.send(request);
    Optional<Frame> answer;
    if (context.isDeployed()) {
      answer = Optional.of(connection.answer(mark, confirmation));
    } else {
      connection.roundTrip();
      // The existing lines of the session may be sent, as session_logs.
      answer =
          connection.seen(mark, frame -> Requests.isAnswer(frame) && !frame.is("session_logs"));
    }
    answer.ifPresent(frame -> {
      Fields fields = Fields.of(frame, confirmation).number("timestamp");
      if (session != null) {
        fields = fields.same("session_id", session);
      }
      Fields.readable(frame);
    });
    return answer.isPresent();
  }

  /** Makes the server log a line, if the caller can, and returns its text. */
  private static Optional<String> provoke(CheckContext context) {
    BiConsumer<String, String> logLine = context.settings().logLine();
    Optional<String> session = context.session();
    if (logLine == null || session.isEmpty()) {
      return Optional.empty();
    }
    String message = "conformance " + Requests.random();
    logLine.accept(session.get(), message);
    return Optional.of(message);
  }

  private static Predicate<Frame> live(String message) {
    return frame -> frame.text().contains(message);
  }

  private static String session(CheckContext context) {
    return context.session().orElseGet(Requests::unknownSession);
  }
}
