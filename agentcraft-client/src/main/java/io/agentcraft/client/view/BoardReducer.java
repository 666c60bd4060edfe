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
import io.agentcraft.client.view.BoardSnapshot.CollaborationView;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reduces messages to the state of the board. Guarded by the board's lock. */
final class BoardReducer {

  private final BoundedCollections.LruMap<AgentView> agents;
  private final BoundedCollections.LruMap<SessionView> sessions;
  private final BoundedCollections.RecentList<CollaborationView> collaborations;
  private final LogReducer logs;
  private ConnectionState connection = ConnectionState.INITIAL;
  private int totalSessions;
  private @Nullable String currentSessionId;

  BoardReducer(int maxAgents, int maxSessions, int maxCollaborations, int maxLogLines) {
    this.agents = new BoundedCollections.LruMap<>(maxAgents);
    this.sessions = new BoundedCollections.LruMap<>(maxSessions);
    this.collaborations = new BoundedCollections.RecentList<>(maxCollaborations);
    this.logs = new LogReducer(maxLogLines);
  }

  /** Returns whether anything changed. */
  boolean apply(ConnectionState state) {
    if (state.equals(connection)) {
      return false;
    }
    if (isNewConnection(connection, state)) {
      markStale();
    }
    connection = state;
    return true;
  }

  /** Returns whether anything changed. */
  boolean apply(ServerMessage message, Instant arrival) {
    if (message instanceof AgentStatusUpdate update) {
      agents.put(
          update.agentId(), AgentReducer.next(agents.get(update.agentId()), update, arrival));
      return true;
    }
    if (message instanceof SessionEvent event) {
      sessions.put(
          event.sessionId(), SessionReducer.next(sessions.get(event.sessionId()), event, arrival));
      return true;
    }
    if (message instanceof SessionState response) {
      sessions.put(
          response.sessionId(),
          SessionReducer.next(sessions.get(response.sessionId()), response, arrival));
      currentSessionId = response.sessionId();
      return true;
    }
    if (message instanceof ActiveSessions list) {
      return applyList(list, arrival);
    }
    if (message instanceof SessionNotFound response) {
      return markNotFound(response.sessionId());
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
        agents.evicted(),
        sessions.evicted());
  }

  private boolean applyList(ActiveSessions list, Instant arrival) {
    Set<String> listed = new HashSet<>();
    for (SessionSummary summary : list.sessions()) {
      listed.add(summary.sessionId());
    }
    // Removes unlisted sessions first, so that a full board does not evict a listed one.
    sessions.removeIf(
        session -> !session.snapshotReceived() && !listed.contains(session.sessionId()));
    sessions.replaceAll(
        session -> listed.contains(session.sessionId()) ? session : session.asRemoved());
    for (SessionSummary summary : list.sessions()) {
      sessions.put(
          summary.sessionId(),
          SessionReducer.next(sessions.get(summary.sessionId()), summary, arrival));
    }
    totalSessions = list.totalSessions();
    return true;
  }

  private boolean markNotFound(String sessionId) {
    SessionView known = sessions.get(sessionId);
    if (known == null) {
      return false;
    }
    if (known.snapshotReceived()) {
      sessions.replace(sessionId, known.asRemoved());
    } else {
      sessions.remove(sessionId);
    }
    return true;
  }

  /** Compares the time of the handshake as well, because a state may be repeated or missed. */
  private static boolean isNewConnection(ConnectionState before, ConnectionState after) {
    return after.isConnected()
        && (!before.isConnected()
            || !Objects.equals(before.lastConnected(), after.lastConnected()));
  }

  private void markStale() {
    agents.replaceAll(AgentView::asStale);
    sessions.replaceAll(SessionView::asStale);
    collaborations.replaceAll(CollaborationView::asStale);
    logs.markStale();
  }
}
