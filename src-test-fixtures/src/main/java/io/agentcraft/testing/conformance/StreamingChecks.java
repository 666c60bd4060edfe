package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.raw.Frame;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Live log lines: one stream for each connection, on and off. */
final class StreamingChecks {

  private static final String STARTED = "log_streaming_started";
  private static final String STOPPED = "log_streaming_stopped";

  private StreamingChecks() {}

  static CheckOutcome start(Scene scene) {
    String session = session(scene);
    Line line = scene.line();
    boolean confirmed = request(scene, line, Asking.startStreaming(session), STARTED, session);
    int mark = line.mark();
    Optional<String> message = provoke(scene);
    if (message.isPresent()) {
      var ignored = line.expect(mark, live(message.get()))
          .orElseThrow(() -> Settled.fail("the log line that was just written", line.came(mark)));
    }
    line.send(Asking.stopStreaming());
    line.roundTrip();
    return confirmed
        ? new CheckOutcome.Deviation(KnownDeviation.STREAMING_CONFIRMED)
        : new CheckOutcome.Pass(message.isPresent() ? "" : "no log line was written to see one");
  }

  static CheckOutcome stop(Scene scene) {
    String session = session(scene);
    Line line = scene.line();
    boolean ignored = request(scene, line, Asking.startStreaming(session), STARTED, session);
    boolean confirmed = request(scene, line, Asking.stopStreaming(), STOPPED, null);
    int mark = line.mark();
    Optional<String> message = provoke(scene);
    line.roundTrip();
    line.roundTrip();
    List<Frame> later = line.peer().since(mark);
    Optional<Frame> more = later.stream()
        .filter(frame -> frame.is("session_logs") && !Asking.isSync(frame))
        .findFirst();
    if (more.isPresent()) {
      throw Settled.fail(
          "no log lines after the stop", "there came " + more.get().shown());
    }
    if (message.isPresent() && later.stream().anyMatch(live(message.get()))) {
      return new CheckOutcome.Deviation(KnownDeviation.LOG_LINES_TO_EVERYONE);
    }
    return confirmed
        ? new CheckOutcome.Deviation(KnownDeviation.STREAMING_CONFIRMED)
        : new CheckOutcome.Pass(message.isPresent() ? "" : "no log line was written meanwhile");
  }

  /** Sends a request; true if it was confirmed, as the deployed form has to and the documented one may. */
  private static boolean request(
      Scene scene, Line line, String request, String confirmation, @Nullable String session) {
    int mark = line.mark();
    line.send(request);
    Optional<Frame> answer;
    if (scene.isDeployed()) {
      answer = Optional.of(line.answer(mark, confirmation));
    } else {
      line.roundTrip();
      // The lines of the session so far may come, as session_logs.
      answer = line.seen(mark, frame -> Asking.isAnswer(frame) && !frame.is("session_logs"));
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

  /** Lets the server log a line, if somebody can: what it says. */
  private static Optional<String> provoke(Scene scene) {
    BiConsumer<String, String> logLine = scene.settings().logLine();
    Optional<String> session = scene.session();
    if (logLine == null || session.isEmpty()) {
      return Optional.empty();
    }
    String message = "conformance " + Asking.random();
    logLine.accept(session.get(), message);
    return Optional.of(message);
  }

  private static Predicate<Frame> live(String message) {
    return frame -> frame.text().contains(message);
  }

  private static String session(Scene scene) {
    return scene.session().orElseGet(Asking::unknownSession);
  }
}
