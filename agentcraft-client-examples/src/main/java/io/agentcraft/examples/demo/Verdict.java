package io.agentcraft.examples.demo;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Frame;
import io.agentcraft.examples.live.Summary;
import java.util.ArrayList;
import java.util.List;

/** Turns the end of a run into an exit code and what is said about it. */
final class Verdict {

  private Verdict() {}

  static Outcome ofDemo(Ending ending, Evidence evidence) {
    List<String> lines = new ArrayList<>(Summary.lines(evidence.seen()));
    if (!(ending instanceof Ending.Finished)) {
      lines.add(words(ending));
      return new Outcome(
          ending instanceof Ending.Interrupted ? Outcome.INTERRUPTED : Outcome.WRONG, lines);
    }
    List<String> problems = DemoChecks.problems(evidence);
    if (problems.isEmpty()) {
      lines.add("All " + DemoChecks.COUNT + " checks passed.");
      return new Outcome(Outcome.OK, lines);
    }
    lines.add("Something was lost or wrong:");
    problems.forEach(problem -> lines.add("  " + problem));
    return new Outcome(Outcome.WRONG, lines);
  }

  static Outcome ofWatch(Ending ending, Frame last) {
    List<String> lines = new ArrayList<>(Summary.lines(last));
    lines.add(words(ending));
    boolean connectedOnce = last.counts().connections() > 0;
    boolean wellEnded = ending instanceof Ending.TimeUp || ending instanceof Ending.Interrupted;
    if (wellEnded && !connectedOnce) {
      DisconnectCause cause = last.board().connection().cause();
      lines.add("It was never connected" + (cause == null ? "." : ": " + described(cause)));
      Advice.on(cause).ifPresent(lines::add);
    }
    if (ending instanceof Ending.GaveUp gaveUp) {
      Advice.on(gaveUp.cause()).ifPresent(lines::add);
    }
    return new Outcome(wellEnded && connectedOnce ? Outcome.OK : Outcome.WRONG, lines);
  }

  private static String words(Ending ending) {
    if (ending instanceof Ending.GaveUp gaveUp) {
      String type = gaveUp.cause() == null ? "" : gaveUp.cause().getClass().getSimpleName() + ": ";
      return type + gaveUp.message();
    }
    if (ending instanceof Ending.Interrupted interrupted) {
      return "Ended by " + (interrupted.signal().equals("INT") ? "Ctrl-C" : interrupted.signal())
          + ".";
    }
    if (ending instanceof Ending.Broken broken) {
      return "This command failed: " + broken.error();
    }
    return ending instanceof Ending.TimeUp ? "The time is up." : "Finished.";
  }

  private static String described(DisconnectCause cause) {
    return cause.getClass().getSimpleName() + ": " + cause.description();
  }
}
