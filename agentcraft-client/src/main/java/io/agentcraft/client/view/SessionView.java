package io.agentcraft.client.view;

import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest known state of one session, merged from {@code active_sessions} (in its documented and its deployed form),
 * {@code session_state} and the session events. A field that a message lacks keeps its earlier value.
 *
 * @param sessionId the session's id
 * @param query the task given to the session; empty if unknown
 * @param status the status from the documented form of {@code active_sessions}, as the server spelled it; empty if unknown
 * @param phase the phase as the server spelled it; empty if unknown
 * @param displayStatus the more recent of status and phase, for a display with room for one word; empty if both are
 *     unknown
 * @param progress the progress in percent as the server sent it, possibly outside 0 to 100; {@code NaN} if unknown
 * @param agentsActive the number of agents at work; {@code null} if unknown
 * @param totalAgents the total number of agents; {@code null} if unknown
 * @param agents the agents of the latest session snapshot, in the server's order; unmodifiable
 * @param completedAgents the names of the agents that are done; unmodifiable
 * @param crewOutput the output of the crew as free-form JSON; deeply unmodifiable
 * @param startedAt when the session started; {@code null} if unknown
 * @param estimatedCompletion when the server expects the session to end; {@code null} if unknown
 * @param lastEvent the latest session event, for example {@link SessionEvent.Kind#SESSION_COMPLETED}; {@code null} if
 *     there was none
 * @param snapshotReceived whether {@code session_state} or a session event has delivered the whole session. If not,
 *     agents and crew output are unknown, and the session is kept only as long as {@code active_sessions} lists it
 * @param removed whether the server no longer lists the session: it was missing from the latest {@code active_sessions}, or
 *     a request for it was answered with {@code session_not_found}, and no message about it has arrived since
 * @param updatedAt when the last message about the session arrived, by the local clock
 * @param stale whether no message about the session has arrived since the current connection was opened
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
    SessionEvent.@Nullable Kind lastEvent,
    boolean snapshotReceived,
    boolean removed,
    Instant updatedAt,
    boolean stale) {

  /**
   * Returns the progress for a progress bar.
   *
   * @return the progress in percent, clamped to 0 to 100; 0 if unknown
   */
  public double displayProgress() {
    return AgentView.clampToPercent(progress);
  }

  SessionView asRemoved() {
    return removed ? this : with(agents, true, stale);
  }

  SessionView asStale() {
    return with(agents.stream().map(AgentView::asStale).toList(), removed, true);
  }

  private SessionView with(List<AgentView> agents, boolean removed, boolean stale) {
    return new SessionView(
        sessionId,
        query,
        status,
        phase,
        displayStatus,
        progress,
        agentsActive,
        totalAgents,
        agents,
        completedAgents,
        crewOutput,
        startedAt,
        estimatedCompletion,
        lastEvent,
        snapshotReceived,
        removed,
        updatedAt,
        stale);
  }
}
