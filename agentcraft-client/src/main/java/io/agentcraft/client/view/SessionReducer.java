package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionEventKind;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session, from what was known of it and a new message about it. What a frame lacks stays as it was. */
final class SessionReducer {

  private SessionReducer() {}

  static SessionView next(@Nullable SessionView previous, SessionSummary summary, Instant arrival) {
    SessionView known = previous != null ? previous : unknown(summary.sessionId());
    String status = orElse(summary.status(), known.status());
    String phase = orElse(summary.phase(), known.phase());
    return new SessionView(
        summary.sessionId(),
        orElse(summary.query(), known.query()),
        status,
        phase,
        orElse(summary.phase(), orElse(summary.status(), known.displayStatus())),
        orElse(summary.progress(), known.progress()),
        orElse(summary.agentsActive(), known.agentsActive()),
        orElse(summary.agents(), known.totalAgents()),
        known.agents(),
        known.completedAgents(),
        known.crewOutput(),
        orElse(summary.startedAt(), known.startedAt()),
        known.estimatedCompletion(),
        known.lastEvent(),
        known.snapshotReceived(),
        false,
        arrival,
        false);
  }

  /** An event tells everything of the session, so that an absence in it means something. */
  static SessionView next(@Nullable SessionView previous, SessionEvent event, Instant arrival) {
    SessionView known = previous != null ? previous : unknown(event.sessionId());
    SessionSnapshot state = event.state();
    return withSnapshot(
        known,
        state,
        event.timestamp(),
        state.completedAgents(),
        state.estimatedCompletion(),
        event.kind(),
        arrival);
  }

  /** The answer to {@code get_session_state} never has names of completed agents nor an estimate. */
  static SessionView next(@Nullable SessionView previous, SessionState answer, Instant arrival) {
    SessionView known = previous != null ? previous : unknown(answer.sessionId());
    SessionSnapshot state = answer.state();
    List<String> completed =
        state.completedAgents().isEmpty() ? known.completedAgents() : state.completedAgents();
    WireTime estimate = orElse(state.estimatedCompletion(), known.estimatedCompletion());
    return withSnapshot(
        known, state, answer.timestamp(), completed, estimate, known.lastEvent(), arrival);
  }

  static SessionView gone(SessionView known) {
    return known.gone()
        ? known
        : flagged(known, known.agents(), true, known.stale());
  }

  static SessionView asEarlier(SessionView known) {
    List<AgentView> agents = known.agents().stream().map(AgentView::asEarlier).toList();
    return flagged(known, agents, known.gone(), true);
  }

  private static SessionView withSnapshot(
      SessionView known,
      SessionSnapshot state,
      @Nullable WireTime frameTime,
      List<String> completedAgents,
      @Nullable WireTime estimatedCompletion,
      @Nullable SessionEventKind lastEvent,
      Instant arrival) {
    return new SessionView(
        known.sessionId(),
        orElse(state.query(), known.query()),
        known.status(),
        orElse(state.currentPhase(), known.phase()),
        orElse(state.currentPhase(), known.displayStatus()),
        orElse(state.overallProgress(), known.progress()),
        known.agentsActive(),
        orElse(state.totalAgents(), known.totalAgents()),
        agents(known, state.activeAgents(), frameTime, arrival),
        completedAgents,
        state.crewOutput(),
        orElse(state.startedAt(), known.startedAt()),
        estimatedCompletion,
        lastEvent,
        true,
        false,
        arrival,
        false);
  }

  private static List<AgentView> agents(
      SessionView known, List<AgentState> states, @Nullable WireTime frameTime, Instant arrival) {
    List<AgentView> unmatched = new ArrayList<>(known.agents());
    List<AgentView> agents = new ArrayList<>(states.size());
    for (AgentState state : states) {
      AgentView previous = take(unmatched, state);
      agents.add(AgentReducer.next(previous, state, known.sessionId(), frameTime, arrival));
    }
    return List.copyOf(agents);
  }

  private static @Nullable AgentView take(List<AgentView> unmatched, AgentState state) {
    for (int i = 0; i < unmatched.size(); i++) {
      if (isSame(unmatched.get(i), state)) {
        return unmatched.remove(i);
      }
    }
    return null;
  }

  private static boolean isSame(AgentView known, AgentState state) {
    String id = state.agentId();
    boolean comparable = id != null && !known.id().isEmpty();
    return comparable ? known.id().equals(id) : known.name().equals(state.agentName());
  }

  private static SessionView unknown(String sessionId) {
    return new SessionView(
        sessionId,
        "",
        "",
        "",
        "",
        Double.NaN,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        false,
        false,
        Instant.EPOCH,
        false);
  }

  private static SessionView flagged(
      SessionView known, List<AgentView> agents, boolean gone, boolean stale) {
    return new SessionView(
        known.sessionId(),
        known.query(),
        known.status(),
        known.phase(),
        known.displayStatus(),
        known.progress(),
        known.agentsActive(),
        known.totalAgents(),
        agents,
        known.completedAgents(),
        known.crewOutput(),
        known.startedAt(),
        known.estimatedCompletion(),
        known.lastEvent(),
        known.snapshotReceived(),
        gone,
        known.updatedAt(),
        stale);
  }

  private static String orElse(@Nullable String fresh, String known) {
    return fresh == null || fresh.isEmpty() ? known : fresh;
  }

  private static double orElse(double fresh, double known) {
    return Double.isNaN(fresh) ? known : fresh;
  }

  private static <T> @Nullable T orElse(@Nullable T fresh, @Nullable T known) {
    return fresh != null ? fresh : known;
  }
}
