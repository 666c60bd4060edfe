package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.LogLine;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link TrackingBoard} at one moment. Immutable and safe to share between threads.
 *
 * @param connection the state of the client's connection
 * @param agents every agent once, whichever message told of it: first those that belong to no session, in the order in which
 *     they first appeared, then those of each session. The same name in two sessions counts as two agents. Unmodifiable
 * @param sessions the sessions by id, in the order in which they first appeared; unmodifiable
 * @param totalSessions how many sessions there are: the server's own count in the latest {@code active_sessions}, and what
 *     messages have told since of sessions that are new, published by a program and not ended, or removed
 * @param currentSessionId the session of the latest {@code session_state}, that is, the last one requested; {@code null}
 *     before the first
 * @param collaborations the most recent collaborations, newest last; unmodifiable
 * @param logLines the most recent log lines from {@code session_logs} and {@code crewai_log}, newest last; unmodifiable
 * @param droppedAgents how many agents were dropped because the board was full
 * @param droppedSessions how many sessions were dropped because the board was full
 */
public record BoardSnapshot(
    ConnectionState connection,
    List<AgentView> agents,
    Map<String, SessionView> sessions,
    int totalSessions,
    @Nullable String currentSessionId,
    List<CollaborationView> collaborations,
    List<LogLineView> logLines,
    long droppedAgents,
    long droppedSessions) {

  /**
   * A collaboration between two agents ({@code agent_collaboration}).
   *
   * @param collaboration the message
   * @param arrivedAt when it arrived, by the local clock
   * @param stale whether it arrived before the current connection was opened
   */
  public record CollaborationView(
      AgentCollaboration collaboration, Instant arrivedAt, boolean stale) {

    CollaborationView asStale() {
      return new CollaborationView(collaboration, arrivedAt, true);
    }
  }

  /**
   * A log line from {@code session_logs} or {@code crewai_log}.
   *
   * @param line the line; its source is a message without the other lines that it came with
   * @param arrivedAt when it first arrived, by the local clock
   * @param stale whether it arrived before the current connection was opened
   */
  public record LogLineView(LogLine line, Instant arrivedAt, boolean stale) {

    LogLineView asStale() {
      return new LogLineView(line, arrivedAt, true);
    }
  }

  /**
   * Returns whether the WebSocket was open.
   *
   * @return {@code true} if it was open
   */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /**
   * Returns an agent by its id.
   *
   * @param agentId the agent's id
   * @return the agent; if several sessions have one with this id, the one that was updated last; empty if the board does not
   *     know it
   */
  public Optional<AgentView> agent(String agentId) {
    return agents.stream()
        .filter(agent -> agent.id().equals(agentId))
        .max(Comparator.comparing(AgentView::updatedAt));
  }

  /**
   * Returns a session.
   *
   * @param sessionId the session's id
   * @return the session; empty if the board does not know it
   */
  public Optional<SessionView> session(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  /**
   * Returns the session of the latest {@code session_state}.
   *
   * @return the session; empty if none has arrived, or if the board has dropped it since
   */
  public Optional<SessionView> currentSession() {
    return currentSessionId == null ? Optional.empty() : session(currentSessionId);
  }

  /**
   * Returns the sessions that the server listed last, or has sent messages about since.
   *
   * @return the sessions that are not {@linkplain SessionView#removed() removed}; unmodifiable
   */
  public List<SessionView> activeSessions() {
    return sessions.values().stream().filter(session -> !session.removed()).toList();
  }
}
