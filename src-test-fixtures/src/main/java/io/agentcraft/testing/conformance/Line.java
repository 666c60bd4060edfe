package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.raw.Frame;
import io.agentcraft.testing.internal.raw.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A connection under examination.
 *
 * <p>That something does not come is told by a round trip: the server handles a client's frames one after the other, so
 * what was due before the answer to the last of them has come when that answer comes. That something comes is waited for
 * in real time, unless the caller moves the time: then a round trip tells that, too.
 */
final class Line {

  private static final int SHOWN_FRAMES = 2;

  private final Peer peer;
  private final Settings settings;

  Line(Peer peer, Settings settings) {
    this.peer = peer;
    this.settings = settings;
  }

  Peer peer() {
    return peer;
  }

  int mark() {
    return peer.count();
  }

  void send(String text) {
    peer.send(text);
  }

  /** Asks something that every server answers, and waits for the answer: false if none came. */
  boolean tryRoundTrip() {
    return tryRoundTrip(Asking.syncSession(), Asking::logs);
  }

  /** The same with a request of the caller's for the logs of a session. */
  boolean tryRoundTrip(String session, UnaryOperator<String> request) {
    int mark = mark();
    send(request.apply(session));
    return peer.await(mark, Asking.isLogsOf(session), settings.answerTimeout()).isPresent();
  }

  /** Fails the check if the connection does not go on. */
  void roundTrip() {
    int mark = mark();
    if (!tryRoundTrip()) {
      throw Settled.fail("the connection to go on and get_session_logs to be answered", came(mark));
    }
  }

  /** Ends the check with no verdict if the server does not answer what all checks build on. */
  void firstRoundTrip() {
    if (!tryRoundTrip()) {
      throw Settled.notApplicable("it takes answers to get_session_logs to tell; see "
          + ConformanceCheck.SESSION_LOGS_UNKNOWN.id());
    }
  }

  /** What is due by now, or comes in time. */
  Optional<Frame> expect(int mark, Predicate<Frame> wanted) {
    if (settings.passTime() == null) {
      return peer.await(mark, wanted, settings.answerTimeout());
    }
    boolean ignored = tryRoundTrip();
    return seen(mark, wanted);
  }

  /** What came, without waiting. */
  Optional<Frame> seen(int mark, Predicate<Frame> wanted) {
    return peer.since(mark).stream().filter(wanted).findFirst();
  }

  /** The first answer to what was asked. */
  Frame answer(int mark, String expected) {
    return expect(mark, Asking::isAnswer).orElseThrow(() -> Settled.fail(expected, came(mark)));
  }

  /** Says what came in place of what was expected. */
  String came(int mark) {
    List<Frame> frames =
        peer.since(mark).stream().filter(frame -> !Asking.isSync(frame)).toList();
    String shown = frames.isEmpty()
        ? "nothing came within " + seconds(settings.answerTimeout())
        : "there came "
            + frames.stream()
                .limit(SHOWN_FRAMES)
                .map(Frame::shown)
                .collect(Collectors.joining(" and "))
            + (frames.size() > SHOWN_FRAMES
                ? " and " + (frames.size() - SHOWN_FRAMES) + " more"
                : "");
    return peer.end()
        .map(end -> shown + ", and the connection ended with " + ending(end))
        .orElse(shown);
  }

  static String ending(Peer.End end) {
    if (end.code() == Peer.NO_CLOSE_FRAME) {
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
