package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TrackingBoard} knew at one moment. Immutable, safe to hand to any thread.
 *
 * @param connection the client's connection
 * @param agents the agents of {@code agent_status} by id, in the order in which they were first heard of; unmodifiable
 * @param sessions the sessions by id, in the order in which they were first heard of; unmodifiable
 * @param totalSessions the server's own count in the newest {@code active_sessions}; 0 before the first
 * @param currentSessionId the session of the newest {@code session_state}, the one that was asked for last; {@code null}
 *     before the first
 * @param collaborations the newest collaborations, newest last; unmodifiable
 * @param logLines the newest log lines of all frames that bring any, newest last; unmodifiable
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
   * Tells whether the WebSocket was open.
   *
   * @return {@code true} if it was
   */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /**
   * Finds an agent of {@code agent_status}.
   *
   * @param agentId the agent's id
   * @return the agent; empty if the board does not know it
   */
  public Optional<AgentView> agent(String agentId) {
    return Optional.ofNullable(agents.get(agentId));
  }

  /**
   * Finds a session.
   *
   * @param sessionId the session's id
   * @return the session; empty if the board does not know it
   */
  public Optional<SessionView> session(String sessionId) {
    return Optional.ofNullable(sessions.get(sessionId));
  }

  /**
   * Returns the session of the newest {@code session_state}.
   *
   * @return the session; empty if none came, or if the board dropped it since
   */
  public Optional<SessionView> currentSession() {
    return currentSessionId == null ? Optional.empty() : session(currentSessionId);
  }

  /**
   * Returns the sessions that the server lists, or has spoken of since its newest list.
   *
   * @return the sessions that are not {@linkplain SessionView#gone() gone}; unmodifiable
   */
  public List<SessionView> activeSessions() {
    return sessions.values().stream().filter(session -> !session.gone()).toList();
  }

  /**
   * Returns every agent once, for a display: the agents of {@code agent_status}, then those agents of the sessions
   * whose name is not among them. Of an agent that is known both ways, by its name, what was heard last counts: that is how
   * an update sent while no connection was open comes to light. One name in two sessions is two agents.
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
