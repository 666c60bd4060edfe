package io.agentcraft.client.view;

import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest known state of one session, merged from {@code active_sessions} (in its documented and its deployed form),
 * {@code session_state}, the session events, and the metadata of {@code agent_status}. A field that a message lacks keeps its
 * earlier value.
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
 * @param agents the agents of the session, those of its latest snapshot first and in the server's order; unmodifiable
 * @param completedAgents the names of the agents that are done; unmodifiable
 * @param crewOutput the output of the crew as free-form JSON; deeply unmodifiable
 * @param startedAt when the session started; {@code null} if unknown
 * @param estimatedCompletion when the server expects the session to end; {@code null} if unknown
 * @param lastEvent the latest session event, for example {@link SessionEvent.Kind#SESSION_COMPLETED}; {@code null} if
 *     there was none
 * @param snapshotReceived whether {@code session_state} or a session event has delivered the whole session
 * @param removed whether the server no longer has the session: it was missing from the latest {@code active_sessions}, or
 *     a request for it was answered with {@code session_not_found}, and no message about it has arrived since. Never {@code
 *     true} of a session that the server did not have before, because a program published it
 * @param updatedAt when the last message about the session arrived, by the local clock
 * @param stale whether no message about the session has arrived since the current connection was opened
 * @param outcome how the session ended; {@code null} if it has not. The first end that is told counts
 * @param result what the session achieved, as its publisher says; {@code null} if unknown
 * @param error why the session failed, as its publisher says; {@code null} if unknown
 * @param listed whether the server itself has had the session: {@code active_sessions} listed it, or {@code session_state}
 *     was the answer to a request for it
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
    boolean stale,
    @Nullable Outcome outcome,
    @Nullable String result,
    @Nullable String error,
    boolean listed) {

  /** How a session ended. */
  public enum Outcome {
    /** Normally, or because it was cancelled. */
    COMPLETED,
    /** With an error. */
    FAILED
  }

  /**
   * Returns whether the session has ended. If nothing else says so, a session has ended once its phase or status is {@code
   * completed}, {@code error}, {@code failed} or {@code cancelled}.
   *
   * @return {@code true} if there is an outcome
   */
  public boolean isEnded() {
    return outcome != null;
  }

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

  SessionView withAgents(List<AgentView> newAgents) {
    return with(List.copyOf(newAgents), removed, stale);
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
        stale,
        outcome,
        result,
        error,
        listed);
  }
}
