package io.agentcraft.client.view;

import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.view.SessionChange.Kind;
import io.agentcraft.client.view.SessionView.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One message on its way through the reducers, and the changes that it brings, for those who listen. */
final class Step {

  private final Instant arrival;
  private final @Nullable ServerMessage cause;
  private final boolean agentsWanted;
  private final boolean sessionsWanted;
  private List<AgentChange> agentChanges = List.of();
  // Before the changes of agents, and after them: an agent's run is within that of its session.
  private List<SessionChange> starts = List.of();
  private List<SessionChange> sessionChanges = List.of();
  private Predicate<AgentView> toldStale = agent -> false;

  Step(
      Instant arrival,
      @Nullable ServerMessage cause,
      boolean agentsWanted,
      boolean sessionsWanted) {
    this.arrival = arrival;
    this.cause = cause;
    this.agentsWanted = agentsWanted;
    this.sessionsWanted = sessionsWanted;
  }

  Instant arrival() {
    return arrival;
  }

  /** Sets which agents were reported as silent for too long, before this message. */
  void toldStale(Predicate<AgentView> predicate) {
    toldStale = predicate;
  }

  /** Takes a new state of an agent. */
  void agent(@Nullable AgentView before, AgentView now) {
    if (agentsWanted) {
      add(AgentChange.between(before, now, before != null && toldStale.test(before), cause));
    }
  }

  /** Takes an agent that has been silent for too long. */
  void silent(AgentView before, AgentView now) {
    if (agentsWanted) {
      add(AgentChange.between(before, now, true, cause));
    }
  }

  private void add(@Nullable AgentChange change) {
    if (change != null) {
      agentChanges = added(agentChanges, change);
    }
  }

  /** Takes a new state of a session. */
  void session(@Nullable SessionView before, SessionView now, List<@Nullable Object> newOutput) {
    if (!sessionsWanted) {
      return;
    }
    boolean started = before == null
        || (before.removed() && !now.removed())
        || (before.isEnded() && !now.isEnded());
    Outcome outcome = now.outcome();
    boolean ended = outcome != null && (before == null || !before.isEnded());
    if (started) {
      starts = added(starts, change(Kind.STARTED, before, now, List.of()));
    } else if (!ended && before != null) {
      // An end says enough about phase and progress, and not all forms tell them with it.
      if (!samePhase(before, now)) {
        add(Kind.PHASE, before, now, List.of());
      }
      if (!sameProgress(before, now)) {
        add(Kind.PROGRESS, before, now, List.of());
      }
    }
    if (!newOutput.isEmpty()) {
      add(Kind.OUTPUT, before, now, newOutput);
    }
    if (ended) {
      add(outcome == Outcome.COMPLETED ? Kind.COMPLETED : Kind.FAILED, before, now, List.of());
    }
    if (now.removed() && before != null && !before.removed()) {
      add(Kind.REMOVED, before, now, List.of());
    }
  }

  private void add(
      Kind kind, @Nullable SessionView before, SessionView now, List<@Nullable Object> newOutput) {
    sessionChanges = added(sessionChanges, change(kind, before, now, newOutput));
  }

  private SessionChange change(
      Kind kind, @Nullable SessionView before, SessionView now, List<@Nullable Object> newOutput) {
    return new SessionChange(kind, before, now, newOutput, cause);
  }

  /** Hands out the changes in order. */
  void forEach(Consumer<AgentChange> onAgent, Consumer<SessionChange> onSession) {
    forEach(starts, onSession);
    forEach(agentChanges, onAgent);
    forEach(sessionChanges, onSession);
  }

  /** Most lists are empty, and take no iterator. */
  private static <T> void forEach(List<T> changes, Consumer<T> consumer) {
    for (int i = 0; i < changes.size(); i++) {
      consumer.accept(changes.get(i));
    }
  }

  private static boolean samePhase(SessionView before, SessionView now) {
    return before.displayStatus().equalsIgnoreCase(now.displayStatus())
        && LeftOut.isSame(before.query(), now.query());
  }

  private static boolean sameProgress(SessionView before, SessionView now) {
    return Double.compare(before.displayProgress(), now.displayProgress()) == 0
        && Objects.equals(before.agentsActive(), now.agentsActive())
        && Objects.equals(before.totalAgents(), now.totalAgents())
        && before.completedAgents().equals(now.completedAgents());
  }

  private static <T> List<T> added(List<T> list, T element) {
    List<T> longer = list.isEmpty() ? new ArrayList<>(4) : list;
    longer.add(element);
    return longer;
  }
}
