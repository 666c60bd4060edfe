package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@link ActiveSessions}. The documented server fills {@code query}, {@code status} and {@code
 * agentsActive}; the deployed backend fills {@code phase}, {@code progress}, {@code agents} and {@code startedAt}.
 *
 * @param sessionId the session's id
 * @param query what the session was asked to do; {@code null} if absent
 * @param status the session's status as the server words it; {@code null} if absent
 * @param agentsActive how many agents work on it now; {@code null} if absent
 * @param phase the session's phase as the server words it; {@code null} if absent
 * @param progress percent, 0 to 100; {@code NaN} if absent
 * @param agents how many agents the session has in all; {@code null} if absent
 * @param startedAt when the session began; {@code null} if absent
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
   * @param query what the session was asked to do; {@code null} if absent
   * @param status the session's status as the server words it; {@code null} if absent
   * @param agentsActive how many agents work on it now; {@code null} if absent
   * @param phase the session's phase as the server words it; {@code null} if absent
   * @param progress percent, 0 to 100; {@code NaN} if absent
   * @param agents how many agents the session has in all; {@code null} if absent
   * @param startedAt when the session began; {@code null} if absent
   */
  public SessionSummary {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  /**
   * An entry in the documented form.
   *
   * @param sessionId the session's id
   * @param query what the session was asked to do
   * @param status the session's status
   * @param agentsActive how many agents work on it now
   * @return the entry
   */
  public static SessionSummary documented(
      String sessionId, String query, String status, int agentsActive) {
    return new SessionSummary(sessionId, query, status, agentsActive, null, Double.NaN, null, null);
  }

  /**
   * An entry in the deployed backend's form.
   *
   * @param sessionId the session's id
   * @param phase the session's phase
   * @param progress percent, 0 to 100
   * @param agents how many agents the session has in all
   * @param startedAt when the session began; may be {@code null}
   * @return the entry
   */
  public static SessionSummary deployed(
      String sessionId, String phase, double progress, int agents, @Nullable WireTime startedAt) {
    return new SessionSummary(sessionId, null, null, null, phase, progress, agents, startedAt);
  }
}
