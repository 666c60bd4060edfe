package io.agentcraft.client.view;

import io.agentcraft.client.internal.guard.FreeJson;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.SessionView.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the next state of one session, and of its agents, from the previous state and one message. A field that the message
 * lacks is kept.
 */
final class SessionReducer {

  /** How much output is kept of a session whose agents tell it bit by bit. */
  private static final int MAX_OUTPUT = 1_000;

  private final @Nullable SessionView previous;
  private final Step step;
  private final SessionAgents agents;

  private final String sessionId;
  private String query = "";
  private String status = "";
  private String phase = "";
  private String displayStatus = "";
  private double progress = Double.NaN;
  private @Nullable Integer agentsActive;
  private @Nullable Integer totalAgents;
  private List<String> completedAgents = List.of();
  private List<@Nullable Object> crewOutput = List.of();
  private @Nullable WireTime startedAt;
  private @Nullable WireTime estimatedCompletion;
  private SessionEvent.@Nullable Kind lastEvent;
  private boolean snapshotReceived;
  private @Nullable Outcome outcome;
  private @Nullable String result;
  private @Nullable String error;
  private boolean listed;

  private List<@Nullable Object> newOutput = List.of();

  /** Creates a reducer for one message. */
  SessionReducer(
      String sessionId, @Nullable SessionView previous, SessionAgents agents, Step step) {
    this.sessionId = sessionId;
    this.previous = previous;
    this.agents = agents;
    this.step = step;
    if (previous != null) {
      query = previous.query();
      status = previous.status();
      phase = previous.phase();
      displayStatus = previous.displayStatus();
      progress = previous.progress();
      agentsActive = previous.agentsActive();
      totalAgents = previous.totalAgents();
      completedAgents = previous.completedAgents();
      crewOutput = previous.crewOutput();
      startedAt = previous.startedAt();
      estimatedCompletion = previous.estimatedCompletion();
      lastEvent = previous.lastEvent();
      snapshotReceived = previous.snapshotReceived();
      outcome = previous.outcome();
      result = previous.result();
      error = previous.error();
      listed = previous.listed();
    }
  }

  SessionView apply(SessionSummary summary) {
    query = orElse(summary.query(), query);
    status = orElse(summary.status(), status);
    phase = orElse(summary.phase(), phase);
    displayStatus = orElse(summary.phase(), orElse(summary.status(), displayStatus));
    progress = orElse(summary.progress(), progress);
    agentsActive = orElse(summary.agentsActive(), agentsActive);
    totalAgents = orElse(summary.agents(), totalAgents);
    startedAt = orElse(summary.startedAt(), startedAt);
    listed = true;
    setOutcomeOf(orElse(summary.phase(), orElse(summary.status(), "")));
    return build();
  }

  /** A response to {@code get_session_state} never has completed agents or an estimate, so the known ones are kept. */
  SessionView apply(SessionState response) {
    SessionSnapshot state = response.state();
    if (!state.completedAgents().isEmpty()) {
      completedAgents = state.completedAgents();
    }
    estimatedCompletion = orElse(state.estimatedCompletion(), estimatedCompletion);
    listed = true;
    setOutcomeOf(state.currentPhase());
    return build(state, response.timestamp());
  }

  /** An event carries the whole session, so a list of names or an estimate that it lacks is cleared. */
  SessionView apply(SessionEvent event) {
    SessionSnapshot state = event.state();
    completedAgents = state.completedAgents();
    estimatedCompletion = state.estimatedCompletion();
    lastEvent = event.kind();
    switch (event.kind()) {
      case SESSION_COMPLETED, SESSION_COMPLETE -> {
        end(Outcome.COMPLETED);
        setReasons(SessionMetadata.text(event.data().get("result")), null);
      }
      case SESSION_ERROR -> {
        end(Outcome.FAILED);
        setReasons(null, SessionMetadata.text(event.data().get("error")));
      }
      default -> setOutcomeOf(event.kind(), state);
    }
    return build(state, event.timestamp());
  }

  /** An agent tells of its session by its metadata. */
  SessionView apply(AgentStatusUpdate update, SessionMetadata metadata) {
    query = orElse(metadata.query(), query);
    phase = orElse(metadata.phase(), phase);
    Outcome told = outcomeOf(metadata.status());
    if (told != null) {
      end(told);
    } else if (AgentView.isAtWork(update.status())) {
      runAgain();
    }
    // What is told again after the end is older than the end.
    if (told != null || outcome == null) {
      status = orElse(metadata.status(), status);
      displayStatus = told != null ? metadata.status() : orElse(metadata.phase(), displayStatus);
    }
    setReasons(metadata.result(), metadata.error());
    newOutput = metadata.output().stream().filter(entry -> !isToldAgain(entry)).toList();
    if (!newOutput.isEmpty()) {
      crewOutput = FreeJson.copyOf(lastOf(joined(crewOutput, newOutput), MAX_OUTPUT));
    }
    agents.put(update, metadata);
    if (!snapshotReceived) {
      summarizeAgents();
    }
    return build();
  }

  private SessionView build(SessionSnapshot state, @Nullable WireTime frameTime) {
    query = orElse(state.query(), query);
    phase = orElse(state.currentPhase(), phase);
    displayStatus = orElse(state.currentPhase(), displayStatus);
    progress = orElse(state.overallProgress(), progress);
    totalAgents = orElse(state.totalAgents(), totalAgents);
    startedAt = orElse(state.startedAt(), startedAt);
    snapshotReceived = true;
    mergeOutput(state.crewOutput());
    agents.merge(state.activeAgents(), frameTime);
    return build();
  }

  private SessionView build() {
    Outcome ended = outcome;
    if (ended != null) {
      progress = ended == Outcome.COMPLETED ? 100 : progress;
      agents.end(ended, error);
    }
    SessionView next = new SessionView(
        sessionId,
        query,
        status,
        phase,
        displayStatus,
        progress,
        agentsActive,
        totalAgents,
        agents.report(),
        completedAgents,
        crewOutput,
        startedAt,
        estimatedCompletion,
        lastEvent,
        snapshotReceived,
        false,
        step.arrival(),
        false,
        outcome,
        result,
        error,
        listed);
    step.session(previous, next, newOutput);
    return next;
  }

  // The outcome

  /** For what the server says of its own sessions. Where there are events, it is they that say that a session runs again. */
  private void setOutcomeOf(String word) {
    Outcome told = outcomeOf(word);
    if (told != null) {
      end(told);
    } else if (lastEvent == null && !word.isEmpty()) {
      runAgain();
    }
  }

  /** For an event that is not an end: the end may have been missed, but a phase may also be named like one. */
  private void setOutcomeOf(SessionEvent.Kind kind, SessionSnapshot state) {
    List<AgentState> states = state.activeAgents();
    Outcome told = outcomeOf(state.currentPhase());
    if (told == null) {
      boolean atWork = states.stream().anyMatch(agent -> AgentView.isAtWork(agent.status()));
      if (atWork || kind == SessionEvent.Kind.SESSION_STARTED) {
        runAgain();
      }
    } else if (!states.isEmpty()
        && states.stream().allMatch(agent -> agent.status().isFinal())) {
      end(told);
    }
  }

  /** The first end counts. */
  private void end(Outcome told) {
    if (outcome == null) {
      outcome = told;
    }
  }

  private void setReasons(@Nullable String latestResult, @Nullable String latestError) {
    if (outcome == Outcome.COMPLETED && latestResult != null) {
      result = latestResult;
    } else if (outcome == Outcome.FAILED && latestError != null) {
      error = latestError;
    }
  }

  private void runAgain() {
    if (outcome != null) {
      outcome = null;
      result = null;
      error = null;
      crewOutput = List.of();
      progress = Double.NaN;
    }
  }

  private static @Nullable Outcome outcomeOf(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "completed", "complete", "finished", "cancelled" -> Outcome.COMPLETED;
      case "error", "failed" -> Outcome.FAILED;
      default -> null;
    };
  }

  // The output

  /** Two entries with the same time are the same one, told again because it was not known to have arrived. */
  private boolean isToldAgain(@Nullable Object entry) {
    return entry instanceof Map<?, ?> map
        && map.containsKey("timestamp")
        && crewOutput.contains(entry);
  }

  /** A snapshot has all output, or all that its server keeps; it may also be older than what is known. */
  private void mergeOutput(List<@Nullable Object> told) {
    int known = crewOutput.size();
    if (beginsWith(told, crewOutput)) {
      newOutput = told.subList(known, told.size());
    } else {
      Set<@Nullable Object> knownEntries = new HashSet<>(crewOutput);
      newOutput = told.stream()
          .filter(entry ->
              !knownEntries.contains(entry) && !knownEntries.contains(LeftOut.entry(entry)))
          .toList();
    }
    if (!newOutput.isEmpty()) {
      crewOutput = told;
    }
  }

  /** Compares with what is left of entries too. */
  private static boolean beginsWith(List<@Nullable Object> told, List<@Nullable Object> known) {
    if (told.size() < known.size()) {
      return false;
    }
    for (int i = 0; i < known.size(); i++) {
      Object entry = told.get(i);
      if (!Objects.equals(entry, known.get(i))
          && !Objects.equals(LeftOut.entry(entry), known.get(i))) {
        return false;
      }
    }
    return true;
  }

  // The agents

  /** Computes what a snapshot would say, as servers compute it. */
  private void summarizeAgents() {
    List<AgentView> now = agents.now();
    progress = now.stream().mapToDouble(AgentView::displayProgress).average().orElse(Double.NaN);
    totalAgents = now.size();
    completedAgents = now.stream()
        .filter(agent -> agent.status() == AgentStatus.COMPLETED)
        .map(AgentView::displayName)
        .toList();
  }

  private static List<@Nullable Object> joined(
      List<@Nullable Object> one, List<@Nullable Object> other) {
    List<@Nullable Object> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  private static List<@Nullable Object> lastOf(List<@Nullable Object> list, int count) {
    return list.subList(Math.max(0, list.size() - count), list.size());
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
