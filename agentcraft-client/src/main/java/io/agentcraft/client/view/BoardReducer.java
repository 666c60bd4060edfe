package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the board knows, one message after the other. Confined to whoever holds the board's lock; knows no clock. */
final class BoardReducer {

  private final BoundedEntries<AgentView> agents;
  private final BoundedEntries<SessionView> sessions;
  private final RecentEntries<CollaborationView> collaborations;
  private final LogReducer logs;
  private ConnectionState connection = ConnectionState.INITIAL;
  private int totalSessions;
  private @Nullable String currentSessionId;

  BoardReducer(int maxAgents, int maxSessions, int maxCollaborations, int maxLogLines) {
    this.agents = new BoundedEntries<>(maxAgents);
    this.sessions = new BoundedEntries<>(maxSessions);
    this.collaborations = new RecentEntries<>(maxCollaborations);
    this.logs = new LogReducer(maxLogLines);
  }

  /** Returns whether anything changed. */
  boolean apply(ConnectionState state) {
    if (state.equals(connection)) {
      return false;
    }
    if (beginsConnection(connection, state)) {
      markEarlier();
    }
    connection = state;
    return true;
  }

  /** Returns whether anything changed. */
  boolean apply(ServerMessage message, Instant arrival) {
    if (message instanceof AgentStatusUpdate update) {
      agents.put(update.agentId(), AgentReducer.next(agents.get(update.agentId()), update, arrival));
      return true;
    }
    if (message instanceof SessionEvent event) {
      sessions.put(
          event.sessionId(), SessionReducer.next(sessions.get(event.sessionId()), event, arrival));
      return true;
    }
    if (message instanceof SessionState answer) {
      sessions.put(
          answer.sessionId(), SessionReducer.next(sessions.get(answer.sessionId()), answer, arrival));
      currentSessionId = answer.sessionId();
      return true;
    }
    if (message instanceof ActiveSessions list) {
      return list(list, arrival);
    }
    if (message instanceof SessionNotFound answer) {
      return notFound(answer.sessionId());
    }
    if (message instanceof AgentCollaboration collaboration) {
      collaborations.add(new CollaborationView(collaboration, arrival, false));
      return true;
    }
    if (message instanceof SessionLogs frame) {
      return logs.apply(frame, arrival);
    }
    if (message instanceof CrewAiLog frame) {
      return logs.apply(frame, arrival);
    }
    return false;
  }

  BoardSnapshot snapshot() {
    return new BoardSnapshot(
        connection,
        agents.snapshot(),
        sessions.snapshot(),
        totalSessions,
        currentSessionId,
        collaborations.snapshot(),
        logs.snapshot(),
        agents.dropped(),
        sessions.dropped());
  }

  private boolean list(ActiveSessions list, Instant arrival) {
    Set<String> listed = new HashSet<>();
    for (SessionSummary summary : list.sessions()) {
      listed.add(summary.sessionId());
    }
    // Those missing go first, so that a full board does not drop a session that is listed.
    sessions.removeIf(
        session -> !session.snapshotReceived() && !listed.contains(session.sessionId()));
    sessions.replaceAll(
        session -> listed.contains(session.sessionId()) ? session : SessionReducer.gone(session));
    for (SessionSummary summary : list.sessions()) {
      sessions.put(
          summary.sessionId(),
          SessionReducer.next(sessions.get(summary.sessionId()), summary, arrival));
    }
    totalSessions = list.totalSessions();
    return true;
  }

  private boolean notFound(String sessionId) {
    SessionView known = sessions.get(sessionId);
    if (known == null) {
      return false;
    }
    if (known.snapshotReceived()) {
      sessions.replace(sessionId, SessionReducer.gone(known));
    } else {
      sessions.remove(sessionId);
    }
    return true;
  }

  /** A state may be told twice or be missed, so the time of the handshake decides too. */
  private static boolean beginsConnection(ConnectionState before, ConnectionState after) {
    return after.isConnected()
        && (!before.isConnected()
            || !Objects.equals(before.lastConnected(), after.lastConnected()));
  }

  private void markEarlier() {
    agents.replaceAll(AgentView::asEarlier);
    sessions.replaceAll(SessionReducer::asEarlier);
    collaborations.replaceAll(CollaborationView::asEarlier);
    logs.markEarlier();
  }
}
