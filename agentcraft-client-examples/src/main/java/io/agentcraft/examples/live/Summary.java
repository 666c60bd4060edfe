package io.agentcraft.examples.live;

import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is printed at the end of a run. */
public final class Summary {

  private static final int MOST_ROWS = 20;

  private Summary() {}

  /**
   * Sums up.
   *
   * @param last the last frame
   * @return lines of plain text
   */
  public static List<String> lines(Frame last) {
    Counts counts = last.counts();
    List<String> lines = new ArrayList<>();
    lines.add(String.format(
        Locale.ROOT,
        "%s: %.1f s, %s",
        last.title(),
        last.elapsed().toMillis() / 1000.0,
        last.url()));
    lines.add("  messages    " + counts.total());
    counts.messages().forEach((type, count) -> lines.add("    " + Text.clean(type) + ": " + count));
    lines.add("  reconnects  " + counts.reconnects() + losses(counts));
    List<SessionView> sessions = List.copyOf(last.board().sessions().values());
    for (SessionView session : sessions.subList(0, Math.min(MOST_ROWS, sessions.size()))) {
      lines.add("  session     " + Text.clean(session.sessionId()) + ": "
          + orNothing(Text.clean(session.displayStatus())));
    }
    addMore(lines, "session", sessions.size());
    List<AgentView> agents = last.board().allAgents();
    for (AgentView agent : agents.subList(0, Math.min(MOST_ROWS, agents.size()))) {
      lines.add("  agent       " + Text.clean(agent.displayName()) + ": " + Text.status(agent) + " "
          + Text.percent(agent.progress()) + message(agent));
    }
    addMore(lines, "agent", agents.size());
    lines.add("  log lines   " + last.board().logLines().size());
    lines.add("  errors      " + counts.errorCount());
    counts.errors().forEach(error -> lines.add("    " + Text.clean(error)));
    return List.copyOf(lines);
  }

  private static String losses(Counts counts) {
    return counts.losses().isEmpty() ? "" : " (" + String.join("; ", counts.losses()) + ")";
  }

  private static String message(AgentView agent) {
    return agent.message().isEmpty() ? "" : ", " + Text.clean(agent.message());
  }

  private static String orNothing(String word) {
    return word.isEmpty() ? "no status" : word;
  }

  private static void addMore(List<String> lines, String what, int count) {
    if (count > MOST_ROWS) {
      lines.add("  and " + (count - MOST_ROWS) + " more: " + what);
    }
  }
}
