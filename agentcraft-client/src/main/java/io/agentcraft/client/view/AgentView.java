package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest known state of one agent: either from {@code agent_status} (then {@code sessionId} is {@code null}), or from
 * the snapshot of a session that lists the agent.
 *
 * @param id the agent's id; within a session it is only unique there ({@code agent_0}), and empty if the server sent none
 * @param name the agent's name; empty if the server sent none
 * @param sessionId the session whose snapshot lists this agent; {@code null} if it came from {@code agent_status}
 * @param status the agent's status; {@link AgentStatus#UNKNOWN} if this version does not know it
 * @param statusText the status as the server spelled it; empty if absent
 * @param progress the progress in percent as the server sent it, possibly outside 0 to 100; {@code NaN} if absent
 * @param message what the agent is doing: the message of {@code agent_status}, or the current task within a session;
 *     empty if absent
 * @param details further details of an agent within a session, text or an object; {@code null} if absent
 * @param metadata the free-form JSON of {@code agent_status}; deeply unmodifiable, empty if absent
 * @param timestamp the server's time of this state; {@code null} if absent
 * @param statusSince when the agent entered this status: the server's time if it is an instant, otherwise the time of
 *     arrival
 * @param updatedAt when the last message about the agent arrived, by the local clock
 * @param stale whether no message about the agent has arrived since the current connection was opened
 */
public record AgentView(
    String id,
    String name,
    @Nullable String sessionId,
    AgentStatus status,
    String statusText,
    double progress,
    String message,
    @Nullable Details details,
    Map<String, @Nullable Object> metadata,
    @Nullable WireTime timestamp,
    Instant statusSince,
    Instant updatedAt,
    boolean stale) {

  /**
   * Returns the progress for a progress bar.
   *
   * @return the progress in percent, clamped to 0 to 100; 0 if absent
   */
  public double displayProgress() {
    return clampToPercent(progress);
  }

  /**
   * Returns the name to display.
   *
   * @return the name; the id if the name is empty
   */
  public String displayName() {
    return name.isEmpty() ? id : name;
  }

  AgentView asStale() {
    return new AgentView(
        id,
        name,
        sessionId,
        status,
        statusText,
        progress,
        message,
        details,
        metadata,
        timestamp,
        statusSince,
        updatedAt,
        true);
  }

  static double clampToPercent(double progress) {
    return Double.isNaN(progress) ? 0 : Math.max(0, Math.min(100, progress));
  }
}
