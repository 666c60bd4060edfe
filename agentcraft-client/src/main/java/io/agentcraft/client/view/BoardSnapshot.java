package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link TrackingBoard} at one moment. Immutable and safe to share between threads.
 *
 * @param connection the state of the client's connection
 * @param agents the agents of {@code agent_status} by id, in the order in which they first appeared; unmodifiable
 * @param sessions the sessions by id, in the order in which they first appeared; unmodifiable
 * @param totalSessions the server's own count in the latest {@code active_sessions}; 0 before the first
 * @param currentSessionId the session of the latest {@code session_state}, that is, the last one requested; {@code null}
 *     before the first
 * @param collaborations the most recent collaborations, newest last; unmodifiable
 * @param logLines the most recent log lines from {@code session_logs} and {@code crewai_log}, newest last; unmodifiable
 * @param droppedAgents how many agents were dropped because the board was full
 * @param droppedSessions how many sessions were dropped because the board was full
 */
public record BoardSnapshot(
    ConnectionState connection,
    Map<String, AgentView> agents,
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
   * @param line the line
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
   * Returns an agent of {@code agent_status}.
   *
   * @param agentId the agent's id
   * @return the agent; empty if the board does not know it
   */
  public Optional<AgentView> agent(String agentId) {
    return Optional.ofNullable(agents.get(agentId));
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

  /**
   * Returns every agent once, for a display: the agents of {@code agent_status}, followed by the agents of the sessions
   * whose names are not among them. If an agent is known from both by its name, the more recently updated state wins, so
   * that an update sent while the client was disconnected shows up. The same name in two sessions counts as two agents.
   *
   * @return the agents; unmodifiable
   */
  public List<AgentView> allAgents() {
    Map<String, AgentView> ofSessions = new HashMap<>();
    for (SessionView session : sessions.values()) {
      for (AgentView agent : session.agents()) {
        ofSessions.merge(agent.displayName(), agent, BoardSnapshot::newer);
      }
    }
    List<AgentView> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (AgentView agent : agents.values()) {
      names.add(agent.displayName());
      all.add(newer(agent, ofSessions.getOrDefault(agent.displayName(), agent)));
    }
    for (SessionView session : sessions.values()) {
      for (AgentView agent : session.agents()) {
        if (!names.contains(agent.displayName())) {
          all.add(agent);
        }
      }
    }
    return List.copyOf(all);
  }

  private static AgentView newer(AgentView one, AgentView other) {
    return other.updatedAt().isAfter(one.updatedAt()) ? other : one;
  }
}
