package io.agentcraft.examples.demo;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.examples.live.Tally.Counts;
import io.agentcraft.examples.live.Text;
import io.agentcraft.examples.live.View.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The result of a run.
 *
 * @param exitCode 0 if all is well
 * @param lines the summary and the conclusion, which are printed last
 */
public record Verdict(int exitCode, List<String> lines) {

  /** All is well. */
  public static final int OK = 0;

  /** Something was lost or wrong, or the client gave up. */
  public static final int WRONG = 1;

  /** Ended by Ctrl-C before its end, as shells report it. */
  public static final int INTERRUPTED = 130;

  private static final int MAX_ROWS = 20;

  public Verdict {
    lines = List.copyOf(lines);
  }

  /** Judges the demo, by its checks if it was played to its end. */
  static Verdict ofDemo(Ending ending, DemoChecks.Evidence evidence) {
    List<String> lines = summary(evidence.seen());
    if (!(ending instanceof Ending.Finished)) {
      lines.add(ending.description());
      return new Verdict(ending instanceof Ending.Interrupted ? INTERRUPTED : WRONG, lines);
    }
    List<String> problems = DemoChecks.problems(evidence);
    if (problems.isEmpty()) {
      lines.add("All " + DemoChecks.COUNT + " checks passed.");
      return new Verdict(OK, lines);
    }
    lines.add("Something was lost or wrong:");
    problems.forEach(problem -> lines.add("  " + problem));
    return new Verdict(WRONG, lines);
  }

  /**
   * Judges the watching of a server, which ends well if the client was ever connected and did not give up.
   *
   * @param ending how it ended
   * @param last the last frame
   * @return the verdict
   */
  public static Verdict ofWatch(Ending ending, Frame last) {
    List<String> lines = summary(last);
    lines.add(ending.description());
    boolean wasConnected = last.counts().connections() > 0;
    boolean endedWell = ending instanceof Ending.TimeUp || ending instanceof Ending.Interrupted;
    if (endedWell && !wasConnected) {
      DisconnectCause cause = last.board().connection().cause();
      lines.add("It was never connected"
          + (cause == null
              ? "."
              : ": " + cause.getClass().getSimpleName() + ": " + Advice.description(cause) + "."));
      Advice.hint(cause).ifPresent(lines::add);
    }
    if (ending instanceof Ending.GaveUp gaveUp) {
      Advice.hint(gaveUp.cause()).ifPresent(lines::add);
    }
    return new Verdict(endedWell && wasConnected ? OK : WRONG, lines);
  }

  private static List<String> summary(Frame last) {
    Counts counts = last.counts();
    List<String> lines = new ArrayList<>();
    lines.add(String.format(
        Locale.ROOT,
        "%s: %.1f s, %s",
        last.title(),
        last.elapsed().toMillis() / 1000.0,
        last.url()));
    lines.add("  messages    " + counts.total());
    counts.messages().forEach((type, count) -> lines.add("    " + type + ": " + count));
    lines.add("  reconnects  " + counts.reconnects()
        + (counts.losses().isEmpty() ? "" : " (" + String.join("; ", counts.losses()) + ")"));
    addRows(
        lines, "session", List.copyOf(last.board().sessions().values()), Verdict::describeSession);
    addRows(lines, "agent", last.board().agents(), Verdict::describeAgent);
    lines.add("  log lines   " + last.board().logLines().size());
    lines.add("  errors      " + counts.errorCount());
    counts.errors().forEach(error -> lines.add("    " + error));
    return lines;
  }

  private static <T> void addRows(
      List<String> lines, String what, List<T> rows, Function<T, String> describe) {
    rows.stream()
        .limit(MAX_ROWS)
        .forEach(
            row -> lines.add(String.format(Locale.ROOT, "  %-11s %s", what, describe.apply(row))));
    if (rows.size() > MAX_ROWS) {
      lines.add("  and " + (rows.size() - MAX_ROWS) + " more: " + what);
    }
  }

  private static String describeSession(SessionView session) {
    String status = session.displayStatus();
    String reason = Text.reason(session);
    return session.sessionId() + ": " + (status.isEmpty() ? "no status" : status)
        + (reason.isEmpty() ? "" : ", " + reason);
  }

  private static String describeAgent(AgentView agent) {
    return agent.displayName() + ": "
        + Text.join(Text.status(agent), Text.percent(agent.progress()))
        + (Text.doing(agent).isEmpty() ? "" : ", " + Text.doing(agent));
  }
}
