package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest known state of one agent, whichever message told of it: {@code agent_status}, {@code session_state} or a session
 * event. A status, a progress or a name that a message lacks keeps its earlier value.
 *
 * @param id the agent's id; within a session it is only unique there ({@code agent_0}), and empty if the server sent none
 * @param name the agent's name; empty if the server sent none
 * @param sessionId the session that the agent belongs to, because a snapshot of the session lists it or its {@code
 *     agent_status} names the session in {@code metadata.session_id}; {@code null} if it belongs to none
 * @param status the agent's status; {@link AgentStatus#UNKNOWN} if this version does not know it
 * @param statusText the status as the server spelled it; empty if absent
 * @param progress the progress in percent as the server sent it, possibly outside 0 to 100; {@code NaN} if absent
 * @param message what the agent is doing: the message of {@code agent_status}, or the current task within a session;
 *     empty if absent
 * @param details further details of an agent within a session, text or an object; {@code null} if absent
 * @param metadata the free-form JSON of {@code agent_status}, without what it says about the agent's session; deeply
 *     unmodifiable, empty if absent
 * @param timestamp the server's time of this state; {@code null} if absent
 * @param statusSince when the agent entered this status: the server's time if it is an instant, otherwise the time of
 *     arrival
 * @param updatedAt when the last message about the agent arrived, by the local clock
 * @param stale whether no message about the agent has arrived since the current connection was opened, or for as long as
 *     {@code staleAfter} says
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

  /**
   * Returns whether the agent is at work: neither idle nor at the end of its run.
   *
   * @return {@code true} also for a status that this version does not know
   */
  public boolean isAtWork() {
    return isAtWork(status);
  }

  /**
   * Returns whether the agent's run has ended.
   *
   * @return {@code true} for {@link AgentStatus#COMPLETED} and {@link AgentStatus#ERROR}
   */
  public boolean isEnded() {
    return status.isFinal();
  }

  /**
   * Returns for how long nothing has been heard of an agent at work.
   *
   * @param now the current time, by the local clock
   * @return the time since {@code updatedAt}; zero if the agent is not at work
   */
  public Duration silentFor(Instant now) {
    return isAtWork() && now.isAfter(updatedAt) ? Duration.between(updatedAt, now) : Duration.ZERO;
  }

  static boolean isAtWork(AgentStatus status) {
    return status != AgentStatus.IDLE && !status.isFinal();
  }

  boolean hasStatusOf(AgentView other) {
    return hasStatus(other.status, other.statusText);
  }

  /** Compares the status, of unknown ones the text. */
  boolean hasStatus(AgentStatus otherStatus, String otherText) {
    return status == otherStatus
        && (status != AgentStatus.UNKNOWN || statusText.equalsIgnoreCase(otherText));
  }

  AgentView asStale() {
    return stale
        ? this
        : new AgentView(
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
