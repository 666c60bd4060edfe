package io.agentcraft.examples.dashboard;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.examples.live.Advice;
import io.agentcraft.examples.live.Text;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats events, each as one line without a line end. */
final class PlainLines {

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

  static String of(ActiveSessions list) {
    String sessions =
        list.sessions().stream().map(PlainLines::session).collect(Collectors.joining(", "));
    return "sessions    " + list.totalSessions() + (sessions.isEmpty() ? "" : ": " + sessions);
  }

  static String of(AgentStatusUpdate update) {
    String status = update.status() == AgentStatus.UNKNOWN
        ? update.statusText()
        : update.status().wireText();
    String name = update.agentName().isEmpty() ? update.agentId() : update.agentName();
    return "agent       "
        + Text.join(name, status, Text.percent(update.progress()), update.message());
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

  private static String session(SessionSummary session) {
    String word = session.phase() != null ? session.phase() : session.status();
    return session.sessionId() + (word == null ? "" : " " + word);
  }
}
