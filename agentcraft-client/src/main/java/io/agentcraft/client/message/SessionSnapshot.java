package io.agentcraft.client.message;

import io.agentcraft.client.internal.json.FreeJson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session as a server sees it at one moment: the {@code state} of {@link SessionState} and {@link SessionEvent}. The
 * last four components come only from the deployed backend's events.
 *
 * @param sessionId the session's id; empty if the frame had none
 * @param query what the session was asked to do; empty if the frame had none
 * @param currentPhase the phase as the server words it; empty if the frame had none
 * @param overallProgress percent, 0 to 100; {@code NaN} if the frame had none
 * @param activeAgents the session's agents, those that have finished too; unmodifiable
 * @param crewOutput what the crew produced, as free JSON: text, {@code Number}, {@code Boolean}, {@code List},
 *     {@code Map} or {@code null}; deeply unmodifiable
 * @param totalAgents how many agents the session has; {@code null} if absent
 * @param completedAgents the names of the agents that are done; unmodifiable, empty if absent
 * @param startedAt when the session began; {@code null} if absent
 * @param estimatedCompletion when the server expects it to end; {@code null} if absent
 */
public record SessionSnapshot(
    String sessionId,
    String query,
    String currentPhase,
    double overallProgress,
    List<AgentState> activeAgents,
    List<@Nullable Object> crewOutput,
    @Nullable Integer totalAgents,
    List<String> completedAgents,
    @Nullable WireTime startedAt,
    @Nullable WireTime estimatedCompletion) {

  /**
   * Copies the lists.
   *
   * @param sessionId the session's id; empty if the frame had none
   * @param query what the session was asked to do; empty if the frame had none
   * @param currentPhase the phase as the server words it; empty if the frame had none
   * @param overallProgress percent, 0 to 100; {@code NaN} if the frame had none
   * @param activeAgents the session's agents, those that have finished too; unmodifiable
   * @param crewOutput what the crew produced, as free JSON: text, {@code Number}, {@code Boolean}, {@code List},
   *     {@code Map} or {@code null}; deeply unmodifiable
   * @param totalAgents how many agents the session has; {@code null} if absent
   * @param completedAgents the names of the agents that are done; unmodifiable, empty if absent
   * @param startedAt when the session began; {@code null} if absent
   * @param estimatedCompletion when the server expects it to end; {@code null} if absent
   */
  public SessionSnapshot {
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(currentPhase, "currentPhase");
    activeAgents = List.copyOf(activeAgents);
    crewOutput = FreeJson.copyOf(crewOutput);
    completedAgents = List.copyOf(completedAgents);
  }

  /**
   * A snapshot in the documented form.
   *
   * @param sessionId the session's id
   * @param query what the session was asked to do
   * @param currentPhase the phase
   * @param overallProgress percent, 0 to 100
   * @param activeAgents the session's agents
   * @param crewOutput what the crew produced, as free JSON
   * @return the snapshot
   */
  public static SessionSnapshot documented(
      String sessionId,
      String query,
      String currentPhase,
      double overallProgress,
      List<AgentState> activeAgents,
      List<? extends @Nullable Object> crewOutput) {
    return new SessionSnapshot(
        sessionId,
        query,
        currentPhase,
        overallProgress,
        activeAgents,
        FreeJson.copyOf(crewOutput),
        null,
        List.of(),
        null,
        null);
  }
}
