package io.agentcraft.client.view;

import io.agentcraft.client.message.SessionEventKind;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session, put together from {@code active_sessions} (documented and deployed form), {@code session_state} and the
 * session events. A frame that lacks a field leaves what an earlier frame said of it.
 *
 * @param sessionId the session's id
 * @param query what the session was asked to do; empty if not known
 * @param status the status in the documented form of {@code active_sessions}, as the server words it; empty if not known
 * @param phase the phase as the server words it; empty if not known
 * @param displayStatus the newer of status and phase, for a display with room for one word; empty if neither is known
 * @param progress percent as it came, so perhaps outside 0 to 100; {@code NaN} if not known
 * @param agentsActive how many agents work on it now; {@code null} if the server did not say
 * @param totalAgents how many agents it has in all; {@code null} if the server did not say
 * @param agents the agents of its newest snapshot, in the server's order; unmodifiable
 * @param completedAgents the names of the agents that are done; unmodifiable
 * @param crewOutput what the crew produced, as free JSON; deeply unmodifiable
 * @param startedAt when it began; {@code null} if the server did not say
 * @param estimatedCompletion when the server expects it to end; {@code null} if it did not say
 * @param lastEvent the newest session event, for example {@link SessionEventKind#SESSION_COMPLETED}; {@code null} if
 *     none came
 * @param snapshotReceived whether {@code session_state} or an event brought the whole session; without, agents and crew
 *     output are not known and {@code active_sessions} alone decides how long the session is kept
 * @param gone whether the server no longer lists it: missing in the newest {@code active_sessions}, or answered with
 *     {@code session_not_found}, and not heard of since
 * @param updatedAt when the last message about it arrived, by this machine's clock
 * @param stale whether nothing was heard of it since the present connection began
 */
public record SessionView(
    String sessionId,
    String query,
    String status,
    String phase,
    String displayStatus,
    double progress,
    @Nullable Integer agentsActive,
    @Nullable Integer totalAgents,
    List<AgentView> agents,
    List<String> completedAgents,
    List<@Nullable Object> crewOutput,
    @Nullable WireTime startedAt,
    @Nullable WireTime estimatedCompletion,
    @Nullable SessionEventKind lastEvent,
    boolean snapshotReceived,
    boolean gone,
    Instant updatedAt,
    boolean stale) {

  /**
   * Returns the progress for a bar.
   *
   * @return percent from 0 to 100; 0 if not known
   */
  public double displayProgress() {
    return Percent.clamped(progress);
  }
}
