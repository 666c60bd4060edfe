package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogEntry;
import java.util.List;

/** What happened in a session. Each form sends its own frames for it. */
public sealed interface SessionChange {

  /** A session was started. */
  record Started(Session session) implements SessionChange {}

  /** An agent reported its status. {@code sessions} are the running sessions in which it works, after the change. */
  record AgentReported(AgentStatusUpdate update, List<Session> sessions) implements SessionChange {
    public AgentReported {
      sessions = List.copyOf(sessions);
    }
  }

  /** Two agents work together. */
  record Collaborated(AgentCollaboration collaboration) implements SessionChange {}

  /** A session moved to another phase. */
  record PhaseEntered(Session session) implements SessionChange {}

  /** The crew added output. */
  record OutputAdded(Session session) implements SessionChange {}

  /** A line was added to a session's log. */
  record LogAppended(Session session, LogEntry entry) implements SessionChange {}

  /** A session was completed. */
  record Completed(Session session) implements SessionChange {}

  /** A session failed. */
  record Failed(Session session, String error) implements SessionChange {}

  /** A session was removed. */
  record Removed(String sessionId) implements SessionChange {}
}
