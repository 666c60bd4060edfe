package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One agent within a {@link SessionSnapshot}. Id and times come only from the deployed backend's events.
 *
 * @param agentId the agent's id within its session; {@code null} if absent
 * @param agentName the agent's name; empty if the frame had none
 * @param status what the agent does, {@link AgentStatus#UNKNOWN} for a status that this version does not know
 * @param statusText the status as it was on the wire; empty if the frame had none
 * @param progress percent, 0 to 100; {@code NaN} if the frame had none
 * @param currentTask what it works on; {@code null} if nothing
 * @param details more, as text (deployed) or as an object (documented); {@code null} if absent
 * @param startedAt when it began; {@code null} if absent
 * @param updatedAt when it last changed; {@code null} if absent
 */
public record AgentState(
    @Nullable String agentId,
    String agentName,
    AgentStatus status,
    String statusText,
    double progress,
    @Nullable String currentTask,
    @Nullable Details details,
    @Nullable WireTime startedAt,
    @Nullable WireTime updatedAt) {

  /**
   * Checks that name and status are not {@code null}.
   *
   * @param agentId the agent's id within its session; {@code null} if absent
   * @param agentName the agent's name; empty if the frame had none
   * @param status what the agent does, {@link AgentStatus#UNKNOWN} for a status that this version does not know
   * @param statusText the status as it was on the wire; empty if the frame had none
   * @param progress percent, 0 to 100; {@code NaN} if the frame had none
   * @param currentTask what it works on; {@code null} if nothing
   * @param details more, as text (deployed) or as an object (documented); {@code null} if absent
   * @param startedAt when it began; {@code null} if absent
   * @param updatedAt when it last changed; {@code null} if absent
   */
  public AgentState {
    Objects.requireNonNull(agentName, "agentName");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(statusText, "statusText");
  }

  /**
   * An agent in the documented form, with no details.
   *
   * @param agentName the agent's name
   * @param status what it does
   * @param progress percent, 0 to 100
   * @param currentTask what it works on; may be {@code null}
   * @return the agent
   */
  public static AgentState documented(
      String agentName, AgentStatus status, double progress, @Nullable String currentTask) {
    return new AgentState(
        null,
        agentName,
        status,
        status.wireText(),
        progress,
        currentTask,
        Details.EMPTY,
        null,
        null);
  }
}
