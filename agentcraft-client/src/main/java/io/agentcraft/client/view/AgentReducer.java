package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the next state of an agent from its previous state and a message about it. */
final class AgentReducer {

  private AgentReducer() {}

  static AgentView next(@Nullable AgentView previous, AgentStatusUpdate update, Instant arrival) {
    return new AgentView(
        update.agentId(),
        update.agentName(),
        null,
        update.status(),
        update.statusText(),
        update.progress(),
        update.message(),
        null,
        update.metadata(),
        update.timestamp(),
        since(previous, update.status(), update.statusText(), update.timestamp(), arrival),
        arrival,
        false);
  }

  /** For an agent within a session. Responses to {@code get_session_state} lack the agent id that session events have. */
  static AgentView next(
      @Nullable AgentView previous,
      AgentState agent,
      String sessionId,
      @Nullable WireTime frameTime,
      Instant arrival) {
    WireTime time = agent.updatedAt() != null ? agent.updatedAt() : frameTime;
    String knownId = previous == null ? "" : previous.id();
    return new AgentView(
        agent.agentId() != null ? agent.agentId() : knownId,
        agent.agentName(),
        sessionId,
        agent.status(),
        agent.statusText(),
        agent.progress(),
        agent.currentTask() == null ? "" : agent.currentTask(),
        agent.details(),
        Map.of(),
        time,
        since(previous, agent.status(), agent.statusText(), time, arrival),
        arrival,
        false);
  }

  private static Instant since(
      @Nullable AgentView previous,
      AgentStatus status,
      String statusText,
      @Nullable WireTime time,
      Instant arrival) {
    if (previous != null && sameStatus(previous, status, statusText)) {
      return previous.statusSince();
    }
    return time == null ? arrival : time.instant().orElse(arrival);
  }

  private static boolean sameStatus(AgentView previous, AgentStatus status, String statusText) {
    return previous.status() == status
        && (status != AgentStatus.UNKNOWN || previous.statusText().equalsIgnoreCase(statusText));
  }
}
