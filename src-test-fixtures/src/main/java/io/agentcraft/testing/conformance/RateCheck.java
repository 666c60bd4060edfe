package io.agentcraft.testing.conformance;

import io.agentcraft.testing.internal.raw.Frame;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The limit of frames in a minute. */
final class RateCheck {

  private static final int LIMIT = 60;
  private static final int BEYOND = 10;
  private static final Duration WINDOW = Duration.ofSeconds(61);

  private RateCheck() {}

  static CheckOutcome check(Scene scene) {
    Settings settings = scene.settings();
    if (!settings.rateLimit()) {
      throw Settled.notApplicable("it takes a minute, and runs only when asked for");
    }
    Line line = scene.fresh();
    int mark = line.mark();
    List<String> within = ask(line, LIMIT);
    for (String session : within) {
      if (line.peer()
          .await(mark, Asking.isLogsOf(session), settings.answerTimeout())
          .isEmpty()) {
        long answered = answered(line, mark, within);
        throw Settled.fail(
            "all of " + LIMIT + " requests in a minute to be answered", answered + " were");
      }
    }
    List<String> beyond = ask(line, BEYOND);
    Predicate<Frame> late =
        frame -> beyond.stream().anyMatch(session -> Asking.isLogsOf(session).test(frame));
    if (settings.passTime() != null) {
      // A clock that jumps would be faster than the frames. What no server takes ends the
      // connection behind all of them, or at least comes after them.
      line.send(FrameChecks.GARBAGE);
      var end = line.peer().awaitEnd(settings.answerTimeout());
      if (end.isPresent()) {
        return verdict(answered(line, mark, beyond));
      }
    }
    Lull.pass(settings, WINDOW, () -> line.peer().await(mark, late, WINDOW));
    if (line.seen(mark, late).isEmpty()) {
      line.roundTrip();
    }
    return verdict(answered(line, mark, beyond));
  }

  private static CheckOutcome verdict(long answered) {
    if (answered > 0) {
      throw Settled.fail(
          "no answer beyond " + LIMIT + " requests in a minute",
          answered + " of " + BEYOND + " more were answered");
    }
    return new CheckOutcome.Pass("");
  }

  private static List<String> ask(Line line, int times) {
    List<String> sessions =
        IntStream.range(0, times).mapToObj(i -> Asking.unknownSession()).toList();
    sessions.forEach(session -> line.send(Asking.logs(session)));
    return sessions;
  }

  private static long answered(Line line, int mark, List<String> sessions) {
    return sessions.stream()
        .filter(session -> line.seen(mark, Asking.isLogsOf(session)).isPresent())
        .count();
  }
}
