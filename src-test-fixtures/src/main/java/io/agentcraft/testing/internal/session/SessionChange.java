package io.agentcraft.testing.internal.session;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogEntry;
import java.util.List;

/** What happened on the server. Each form says in its own frames what clients are told of it. */
public sealed interface SessionChange {

  /** A session began. */
  record Started(Session session) implements SessionChange {}

  /** An agent said how it is doing. {@code sessions} are the running ones that it works in, as they are now. */
  record AgentReported(AgentStatusUpdate update, List<Session> sessions) implements SessionChange {
    public AgentReported {
      sessions = List.copyOf(sessions);
    }
  }

  /** Two agents work together. */
  record Collaborated(AgentCollaboration collaboration) implements SessionChange {}

  /** A session went into another phase. */
  record PhaseEntered(Session session) implements SessionChange {}

  /** The crew put something out. */
  record OutputAdded(Session session) implements SessionChange {}

  /** A line was added to a session's log. */
  record LogAppended(Session session, LogEntry entry) implements SessionChange {}

  /** A session ended well. */
  record Completed(Session session) implements SessionChange {}

  /** A session failed. */
  record Failed(Session session, String error) implements SessionChange {}

  /** A session was forgotten. */
  record Removed(String sessionId) implements SessionChange {}
}
