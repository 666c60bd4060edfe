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
import io.agentcraft.client.view.BoundedCollections.LruMap;
import io.agentcraft.client.view.BoundedCollections.RecentList;
import io.agentcraft.client.view.BoundedCollections.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reduces messages to the state of the board. Guarded by the board's lock. */
final class BoardReducer {

  private final int maxAgents;
  private final @Nullable Duration staleAfter;
  // The agents that belong to no session; those of a session are in its view.
  private final LruMap<String, AgentView> agents;
  private final LruMap<String, SessionView> sessions;
  private final Adoptions adoptions;
  private final RecentList<CollaborationView> collaborations;
  private final LogReducer logs;
  private final BoardTrimmer trimmer;
  private ConnectionState connection = ConnectionState.INITIAL;
  // How many sessions the server counts beyond those that the board keeps.
  private int unseenSessions;
  private @Nullable String currentSessionId;
  private Instant lastStaleCheck = Instant.MIN;

  BoardReducer(
      int maxAgents,
      int maxSessions,
      int maxCollaborations,
      int maxLogLines,
      long maxChars,
      @Nullable Duration staleAfter) {
    this.maxAgents = maxAgents;
    this.staleAfter = staleAfter;
    Tally tally = new Tally();
    this.agents = new LruMap<>(maxAgents, ViewSize::of, tally);
    this.sessions = new LruMap<>(maxSessions, ViewSize::of, tally);
    this.adoptions = new Adoptions(agents, sessions, maxAgents, tally);
    this.collaborations = new RecentList<>(maxCollaborations, ViewSize::of, tally);
    this.logs = new LogReducer(maxLogLines, tally);
    this.trimmer = new BoardTrimmer(maxChars, tally);
    trimmer.add(agents, ViewSize::of, (agent, sparing) -> LeftOut.of(agent), agents::evict);
    trimmer.add(sessions, ViewSize::of, LeftOut::of, sessions::evict);
    trimmer.add(
        collaborations.numbered(),
        ViewSize::of,
        (view, sparing) -> LeftOut.of(view),
        collaborations.numbered()::evict);
    logs.addTo(trimmer);
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

  /** Returns whether anything changed. What people see of it is added to the step. */
  boolean apply(ServerMessage message, Step step) {
    boolean changed = reduce(message, step);
    trimmer.trim(step.arrival());
    return changed;
  }

  private boolean reduce(ServerMessage message, Step step) {
    if (staleAfter != null) {
      step.toldStale(this::isToldStale);
    }
    if (message instanceof AgentStatusUpdate update) {
      applyStatus(update, step);
      return true;
    }
    if (message instanceof SessionEvent event) {
      put(reducer(event.sessionId(), step).apply(event));
      return true;
    }
    if (message instanceof SessionState response) {
      put(reducer(response.sessionId(), step).apply(response));
      currentSessionId = response.sessionId();
      return true;
    }
    if (message instanceof ActiveSessions list) {
      applyList(list, step);
      return true;
    }
    if (message instanceof SessionNotFound response) {
      return markNotFound(response.sessionId(), step);
    }
    if (message instanceof AgentCollaboration collaboration) {
      collaborations.add(new CollaborationView(collaboration, step.arrival(), false));
      return true;
    }
    if (message instanceof SessionLogs frame) {
      return logs.apply(frame, step.arrival());
    }
    if (message instanceof CrewAiLog frame) {
      return logs.apply(frame, step.arrival());
    }
    return false;
  }

  /** Marks the agents at work of which nothing was heard for too long; returns whether there is a new one. */
  boolean markSilent(Step step) {
    boolean[] any = new boolean[1];
    replaceAgents(agent -> {
      if (!isSilent(agent, step.arrival()) || isToldStale(agent)) {
        return agent;
      }
      any[0] = true;
      AgentView stale = agent.asStale();
      step.silent(agent, stale);
      return stale;
    });
    lastStaleCheck = step.arrival();
    return any[0];
  }

  /** Returns in what time the next agent at work has been silent for too long; empty if there is none that may be. */
  Optional<Duration> untilSilence(Instant now) {
    Duration limit = staleAfter;
    return limit == null
        ? Optional.empty()
        : allAgents().stream()
            .filter(agent -> agent.isAtWork() && !isToldStale(agent))
            .map(agent -> limit.minus(agent.silentFor(now)))
            .min(Duration::compareTo);
  }

  /** Returns how much memory the board takes, in characters. */
  long chars() {
    return trimmer.chars();
  }

  BoardSnapshot snapshot() {
    return new BoardSnapshot(
        connection,
        allAgents(),
        sessions.snapshot(),
        unseenSessions
            + (int) sessions.values().stream().filter(BoardReducer::counts).count(),
        currentSessionId,
        collaborations.snapshot(),
        logs.snapshot(),
        agents.evicted(),
        sessions.evicted());
  }

  private List<AgentView> allAgents() {
    List<AgentView> all = new ArrayList<>(agents.values());
    sessions.values().forEach(session -> all.addAll(session.agents()));
    return List.copyOf(all);
  }

  private SessionReducer reducer(String sessionId, Step step) {
    SessionView known = sessions.get(sessionId);
    SessionAgents members = new SessionAgents(
        sessionId,
        known == null ? List.of() : known.agents(),
        step,
        (id, name) -> adoptions.adopt(sessionId, id, name),
        maxAgents);
    return new SessionReducer(sessionId, known, members, step);
  }

  private void put(SessionView session) {
    sessions.put(session.sessionId(), session);
  }

  private void applyStatus(AgentStatusUpdate update, Step step) {
    SessionMetadata metadata = SessionMetadata.of(update.metadata());
    if (metadata != null) {
      put(reducer(metadata.sessionId(), step).apply(update, metadata));
      return;
    }
    String key = Adoptions.key(update.agentId(), update.agentName());
    AgentView before = agents.get(key);
    SessionView session = before == null ? adoptions.sessionOf(update) : null;
    if (session != null) {
      applyStatus(update, session, step);
      return;
    }
    AgentView now =
        AgentReducer.next(before, update, null, null, update.metadata(), step.arrival());
    agents.put(key, now);
    step.agent(before, now);
  }

  /** Applies the status of an agent that a session lists, though the status itself does not say so. */
  private void applyStatus(AgentStatusUpdate update, SessionView session, Step step) {
    List<AgentView> changed = new ArrayList<>(session.agents());
    int at = SessionAgents.indexOf(changed, update);
    AgentView before = changed.get(at);
    AgentView now = AgentReducer.next(
        before, update, session.sessionId(), before.details(), update.metadata(), step.arrival());
    changed.set(at, now);
    sessions.replace(session.sessionId(), session.withAgents(changed));
    adoptions.note(update.agentId(), session.sessionId());
    step.agent(before, now);
  }

  private void applyList(ActiveSessions list, Step step) {
    Set<String> listed = new HashSet<>();
    for (SessionSummary summary : list.sessions()) {
      listed.add(summary.sessionId());
    }
    // Removes unlisted sessions first, so that a full board does not evict a listed one.
    for (SessionView session : sessions.values()) {
      if (session.listed() && !listed.contains(session.sessionId())) {
        remove(session, step);
      }
    }
    for (SessionSummary summary : list.sessions()) {
      put(reducer(summary.sessionId(), step).apply(summary));
    }
    long seen = listed.stream().filter(id -> sessions.get(id) != null).count();
    unseenSessions = (int) Math.max(0, list.totalSessions() - seen);
  }

  /** No list removes a session that a program publishes, so that it counts until it ends. */
  private static boolean counts(SessionView session) {
    return !session.removed() && (session.listed() || !session.isEnded());
  }

  private boolean markNotFound(String sessionId, Step step) {
    SessionView known = sessions.get(sessionId);
    if (known == null || !known.listed()) {
      return false;
    }
    remove(known, step);
    return true;
  }

  /** Drops a session of which nothing but its place in lists is known, and marks any other. */
  private void remove(SessionView session, Step step) {
    SessionView removed = session.asRemoved();
    if (session.snapshotReceived() || !session.agents().isEmpty()) {
      sessions.replace(session.sessionId(), removed);
    } else {
      sessions.remove(session.sessionId());
    }
    step.session(session, removed, List.of());
  }

  private boolean isSilent(AgentView agent, Instant at) {
    return staleAfter != null && agent.silentFor(at).compareTo(staleAfter) >= 0;
  }

  /** Returns whether the last check has found the agent silent: whatever is heard of it since makes it a new one. */
  private boolean isToldStale(AgentView agent) {
    return isSilent(agent, lastStaleCheck);
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
    collaborations.numbered().replaceAll(CollaborationView::asStale);
    logs.markStale();
  }

  private void replaceAgents(UnaryOperator<AgentView> change) {
    agents.replaceAll(change);
    sessions.replaceAll(session -> {
      List<AgentView> changed = session.agents().stream().map(change).toList();
      return changed.equals(session.agents()) ? session : session.withAgents(changed);
    });
  }
}
