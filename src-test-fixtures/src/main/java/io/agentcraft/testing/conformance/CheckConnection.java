package io.agentcraft.testing.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A connection of a check.
 *
 * <p>A round trip shows that something is not sent: the server handles a client's frames one after the other, so what was due
 * before the answer to the last of them has been received when that answer is. A frame that is expected is waited for in real
 * time, unless the caller moves the clock: then a round trip shows that, too.
 */
final class CheckConnection {

  private static final int SHOWN_FRAMES = 2;

  private final RawConnection raw;
  private final Settings settings;

  CheckConnection(RawConnection raw, Settings settings) {
    this.raw = raw;
    this.settings = settings;
  }

  RawConnection raw() {
    return raw;
  }

  int mark() {
    return raw.count();
  }

  void send(String text) {
    raw.send(text);
  }

  /** Sends a request that every server answers, and waits for the answer: false if there is none. */
  boolean tryRoundTrip() {
    return tryRoundTrip(Requests.syncSession(), Requests::logs);
  }

  /** The same with another request for the logs of a session. */
  boolean tryRoundTrip(String session, UnaryOperator<String> request) {
    int mark = mark();
    send(request.apply(session));
    return raw.await(mark, Requests.isLogsOf(session), settings.answerTimeout()).isPresent();
  }

  /** Fails the check if the connection does not answer. */
  void roundTrip() {
    int mark = mark();
    if (!tryRoundTrip()) {
      throw CheckEndedException.fail(
          "the connection to stay open and get_session_logs to be answered", received(mark));
    }
  }

  /** Ends the check without a verdict if the server does not answer the request that all checks rely on. */
  void firstRoundTrip() {
    if (!tryRoundTrip()) {
      throw CheckEndedException.notApplicable(
          "without answers to get_session_logs nothing can be checked; see "
              + ConformanceCheck.SESSION_LOGS_UNKNOWN.id());
    }
  }

  /** Returns the frame that is due by now, or is received before the timeout. */
  Optional<Frame> expect(int mark, Predicate<Frame> wanted) {
    if (settings.passTime() == null) {
      return raw.await(mark, wanted, settings.answerTimeout());
    }
    boolean ignored = tryRoundTrip();
    return seen(mark, wanted);
  }

  /** Returns the frame that was received, without waiting. */
  Optional<Frame> seen(int mark, Predicate<Frame> wanted) {
    return raw.since(mark).stream().filter(wanted).findFirst();
  }

  /** Returns the first answer to a request. */
  Frame answer(int mark, String expected) {
    return expect(mark, Requests::isAnswer)
        .orElseThrow(() -> CheckEndedException.fail(expected, received(mark)));
  }

  /** Describes what was received instead of what was expected. */
  String received(int mark) {
    List<Frame> frames =
        raw.since(mark).stream().filter(frame -> !Requests.isSync(frame)).toList();
    String shown = frames.isEmpty()
        ? "nothing was received within " + seconds(settings.answerTimeout())
        : "got "
            + frames.stream()
                .limit(SHOWN_FRAMES)
                .map(Frame::shown)
                .collect(Collectors.joining(" and "))
            + (frames.size() > SHOWN_FRAMES
                ? " and " + (frames.size() - SHOWN_FRAMES) + " more"
                : "");
    return raw.end()
        .map(end -> shown + ", and the connection ended with " + ending(end))
        .orElse(shown);
  }

  static String ending(RawConnection.End end) {
    if (end.code() == RawConnection.NO_CLOSE_FRAME) {
      return "no close frame (" + end.reason() + ")";
    }
    return "close code " + end.code() + (end.reason().isEmpty() ? "" : " \"" + end.reason() + "\"");
  }

  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() / 1000.0 + " s";
  }
}
