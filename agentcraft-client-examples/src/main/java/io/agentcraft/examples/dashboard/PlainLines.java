package io.agentcraft.examples.dashboard;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Text;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats events as lines without line ends. */
public final class PlainLines {

  /** What a line about an agent shows. */
  private static final Set<AgentChange.Field> SHOWN = EnumSet.of(
      AgentChange.Field.STATUS,
      AgentChange.Field.PROGRESS,
      AgentChange.Field.MESSAGE,
      AgentChange.Field.DETAILS,
      AgentChange.Field.NAME);

  private PlainLines() {}

  static String of(ConnectionState state) {
    StringBuilder line =
        new StringBuilder("connection  ").append(Theme.Indicator.of(state).word());
    if (state.attempt() > 0) {
      line.append(", attempt ").append(state.attempt());
    }
    if (state.nextDelay() != null) {
      line.append(String.format(Locale.ROOT, " in %.1f s", state.nextDelay().toMillis() / 1000.0));
    }
    if (state.cause() != null) {
      line.append(": ").append(Advice.description(state.cause()));
    }
    return line.toString();
  }

  /** Lists the sessions that there are, with their status or phase. */
  static String of(Collection<SessionView> sessions) {
    String each = sessions.stream()
        .map(session -> Text.join(session.sessionId(), session.displayStatus()))
        .collect(Collectors.joining(", "));
    return "sessions    " + sessions.size() + (each.isEmpty() ? "" : ": " + each);
  }

  /**
   * Formats a change of an agent.
   *
   * @param change the change
   * @return no line if nothing of what a line shows has changed
   */
  public static List<String> of(AgentChange change) {
    return Collections.disjoint(change.changed(), SHOWN) ? List.of() : List.of(of(change.now()));
  }

  static String of(AgentView agent) {
    return "agent       " + Text.agent(agent);
  }

  /**
   * Formats a change of a session. Progress is in the lines of agents.
   *
   * @param change the change
   * @return no line for a change of the progress
   */
  public static List<String> of(SessionChange change) {
    SessionView session = change.now();
    String id = session.sessionId();
    return switch (change.kind()) {
      case STARTED ->
        List.of("session     " + id + " started"
            + (session.query().isEmpty() ? "" : ": " + session.query()));
      case OUTPUT ->
        change.newOutput().stream()
            .map(entry -> "output      " + id + " " + Text.output(entry))
            .toList();
      case COMPLETED -> List.of("session     " + id + " completed" + reason(session));
      case FAILED -> List.of("session     " + id + " failed" + reason(session));
      case REMOVED -> List.of("session     " + id + " removed");
      case PHASE, PROGRESS -> List.of();
    };
  }

  static String of(AgentCollaboration collaboration) {
    return "together    " + collaboration.primaryAgent() + " -> " + collaboration.secondaryAgent()
        + " " + collaboration.collaborationType() + ": " + collaboration.reason();
  }

  static String of(LogLine line) {
    String agent = line.agent() == null ? "" : line.agent() + ": ";
    String level = line.level().isEmpty() ? "" : line.level() + " ";
    return "log         " + level + agent + line.message();
  }

  static String error(String message) {
    return "error       " + message;
  }

  private static String reason(SessionView session) {
    String reason = Text.reason(session);
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
