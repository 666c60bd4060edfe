package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the next state of a session from its previous state and a message. A field that the message lacks is kept. */
final class SessionReducer {

  private SessionReducer() {}

  static SessionView next(@Nullable SessionView previous, SessionSummary summary, Instant arrival) {
    SessionView known = previous != null ? previous : empty(summary.sessionId());
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

  /** An event carries the whole session, so a list or an estimate that it lacks is cleared. */
  static SessionView next(@Nullable SessionView previous, SessionEvent event, Instant arrival) {
    SessionView known = previous != null ? previous : empty(event.sessionId());
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

  /** A response to {@code get_session_state} never has completed agents or an estimate, so the known ones are kept. */
  static SessionView next(@Nullable SessionView previous, SessionState response, Instant arrival) {
    SessionView known = previous != null ? previous : empty(response.sessionId());
    SessionSnapshot state = response.state();
    List<String> completed =
        state.completedAgents().isEmpty() ? known.completedAgents() : state.completedAgents();
    WireTime estimate = orElse(state.estimatedCompletion(), known.estimatedCompletion());
    return withSnapshot(
        known, state, response.timestamp(), completed, estimate, known.lastEvent(), arrival);
  }

  private static SessionView withSnapshot(
      SessionView known,
      SessionSnapshot state,
      @Nullable WireTime frameTime,
      List<String> completedAgents,
      @Nullable WireTime estimatedCompletion,
      SessionEvent.@Nullable Kind lastEvent,
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
      AgentView previous = takeMatch(unmatched, state);
      agents.add(AgentReducer.next(previous, state, known.sessionId(), frameTime, arrival));
    }
    return List.copyOf(agents);
  }

  private static @Nullable AgentView takeMatch(List<AgentView> unmatched, AgentState state) {
    for (int i = 0; i < unmatched.size(); i++) {
      if (matches(unmatched.get(i), state)) {
        return unmatched.remove(i);
      }
    }
    return null;
  }

  private static boolean matches(AgentView known, AgentState state) {
    String id = state.agentId();
    boolean comparable = id != null && !known.id().isEmpty();
    return comparable ? known.id().equals(id) : known.name().equals(state.agentName());
  }

  private static SessionView empty(String sessionId) {
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

  private static String orElse(@Nullable String latest, String known) {
    return latest == null || latest.isEmpty() ? known : latest;
  }

  private static double orElse(double latest, double known) {
    return Double.isNaN(latest) ? known : latest;
  }

  private static <T> @Nullable T orElse(@Nullable T latest, @Nullable T known) {
    return latest != null ? latest : known;
  }
}
