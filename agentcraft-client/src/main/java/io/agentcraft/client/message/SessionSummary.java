package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@link ActiveSessions}. The documented server sets {@code query}, {@code status} and {@code agentsActive};
 * the deployed backend sets {@code phase}, {@code progress}, {@code agents} and {@code startedAt}.
 *
 * @param sessionId the session's id
 * @param query the request that the session works on; {@code null} if absent
 * @param status the session's status in the server's words; {@code null} if absent
 * @param agentsActive the number of agents at work; {@code null} if absent
 * @param phase the session's phase in the server's words; {@code null} if absent
 * @param progress the progress in percent, 0 to 100; {@code NaN} if absent
 * @param agents the number of all agents; {@code null} if absent
 * @param startedAt the time when the session started; {@code null} if absent
 */
public record SessionSummary(
    String sessionId,
    @Nullable String query,
    @Nullable String status,
    @Nullable Integer agentsActive,
    @Nullable String phase,
    double progress,
    @Nullable Integer agents,
    @Nullable WireTime startedAt) {

  /**
   * Checks that the session id is not {@code null}.
   *
   * @param sessionId the session's id
   * @param query the request that the session works on; {@code null} if absent
   * @param status the session's status in the server's words; {@code null} if absent
   * @param agentsActive the number of agents at work; {@code null} if absent
   * @param phase the session's phase in the server's words; {@code null} if absent
   * @param progress the progress in percent, 0 to 100; {@code NaN} if absent
   * @param agents the number of all agents; {@code null} if absent
   * @param startedAt the time when the session started; {@code null} if absent
   */
  public SessionSummary {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  /**
   * Creates an entry in the documented form.
   *
   * @param sessionId the session's id
   * @param query the request that the session works on
   * @param status the session's status
   * @param agentsActive the number of agents at work
   * @return the entry
   */
  public static SessionSummary documented(
      String sessionId, String query, String status, int agentsActive) {
    return new SessionSummary(sessionId, query, status, agentsActive, null, Double.NaN, null, null);
  }

  /**
   * Creates an entry in the deployed backend's form.
   *
   * @param sessionId the session's id
   * @param phase the session's phase
   * @param progress the progress in percent, 0 to 100
   * @param agents the number of all agents
   * @param startedAt the time when the session started; may be {@code null}
   * @return the entry
   */
  public static SessionSummary deployed(
      String sessionId, String phase, double progress, int agents, @Nullable WireTime startedAt) {
    return new SessionSummary(sessionId, null, null, null, phase, progress, agents, startedAt);
  }
}
