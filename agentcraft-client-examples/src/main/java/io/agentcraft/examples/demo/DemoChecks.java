package io.agentcraft.examples.demo;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.live.Sessions;
import io.agentcraft.examples.live.View.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides whether the client received what the crew did. Each check returns descriptions of what is wrong. */
final class DemoChecks {

  private static final List<Function<Evidence, Stream<String>>> CHECKS = List.of(
      DemoChecks::played,
      DemoChecks::reconnected,
      DemoChecks::connectedNow,
      DemoChecks::agentsEnded,
      DemoChecks::sessionsCompleted,
      DemoChecks::logsArrived,
      DemoChecks::streamResumed,
      DemoChecks::everyTypeCame,
      DemoChecks::noErrors);

  /** The number of checks. */
  static final int COUNT = CHECKS.size();

  /**
   * The facts that the checks examine.
   *
   * @param script what was to be played
   * @param performed what was played
   * @param seen what the client received
   * @param caughtUpAt when the client had caught up after its last reconnect; empty if there was none
   */
  record Evidence(
      List<CrewStep.Timed> script,
      List<CrewStep.Performed> performed,
      Frame seen,
      OptionalLong caughtUpAt) {

    Evidence {
      script = List.copyOf(script);
      performed = List.copyOf(performed);
    }

    <S extends CrewStep> Stream<S> scripted(Class<S> kind) {
      return script.stream().map(CrewStep.Timed::step).filter(kind::isInstance).map(kind::cast);
    }
  }

  private DemoChecks() {}

  /** Returns what is wrong; empty if all is well. */
  static List<String> problems(Evidence evidence) {
    return CHECKS.stream().flatMap(check -> check.apply(evidence)).toList();
  }

  private static Stream<String> played(Evidence evidence) {
    int missing = evidence.script().size() - evidence.performed().size();
    return problemIf(missing != 0, "The crew left out " + missing + " steps of its script.");
  }

  private static Stream<String> reconnected(Evidence evidence) {
    return problemIf(
        evidence.seen().counts().reconnects() < 1,
        "The client did not reconnect, although its connection was cut.");
  }

  private static Stream<String> connectedNow(Evidence evidence) {
    return problemIf(
        !evidence.seen().board().isConnected(),
        "The client is not connected at the end, but "
            + evidence.seen().board().connection().status() + ".");
  }

  private static Stream<String> agentsEnded(Evidence evidence) {
    Map<String, CrewStep.Report> last = new LinkedHashMap<>();
    evidence.scripted(CrewStep.Report.class).forEach(report -> last.put(report.agent(), report));
    return last.values().stream().flatMap(expected -> {
      AgentStatus status = evidence.seen().board().agents().stream()
          .filter(agent -> agent.displayName().equals(expected.agent()))
          .findFirst()
          .map(agent -> agent.status())
          .orElse(AgentStatus.UNKNOWN);
      return problemIf(
          status != expected.status(),
          expected.agent() + " ended as " + expected.status() + ", but the client's board says "
              + status + ".");
    });
  }

  private static Stream<String> sessionsCompleted(Evidence evidence) {
    return evidence.scripted(CrewStep.Complete.class).flatMap(completed -> {
      SessionView session = evidence.seen().board().sessions().get(completed.session());
      return problemIf(
          session == null || !Sessions.isCompleted(session),
          completed.session() + " was completed, but the client's board says "
              + (session == null ? "nothing of it" : "\"" + session.displayStatus() + "\"") + ".");
    });
  }

  private static Stream<String> logsArrived(Evidence evidence) {
    return evidence
        .scripted(CrewStep.Log.class)
        .filter(log -> !isOnBoard(evidence, log))
        .map(log ->
            "This log line of " + log.session() + " did not arrive: \"" + log.message() + "\".");
  }

  /** Lines added to the log after the client has caught up can only arrive through the resumed stream. */
  private static Stream<String> streamResumed(Evidence evidence) {
    if (evidence.caughtUpAt().isEmpty()) {
      return Stream.of("The client did not catch up after the reconnect.");
    }
    long since = evidence.caughtUpAt().getAsLong();
    boolean resumed = evidence.performed().stream()
        .filter(step -> step.nanoTime() - since > 0)
        .map(CrewStep.Performed::step)
        .anyMatch(step -> step instanceof CrewStep.Log log && isOnBoard(evidence, log));
    return problemIf(!resumed, "Log streaming did not go on after the reconnect.");
  }

  private static Stream<String> everyTypeCame(Evidence evidence) {
    return Stream.of(
            ActiveSessions.TYPE,
            AgentStatusUpdate.TYPE,
            AgentCollaboration.TYPE,
            SessionState.TYPE,
            SessionLogs.TYPE)
        .filter(type -> evidence.seen().counts().messages(type) == 0)
        .map(type -> "No " + type + " message came.");
  }

  private static Stream<String> noErrors(Evidence evidence) {
    int count = evidence.seen().counts().errorCount();
    return problemIf(
        count > 0, count + " errors, the first: " + evidence.seen().counts().errors());
  }

  private static boolean isOnBoard(Evidence evidence, CrewStep.Log log) {
    return evidence.seen().board().logLines().stream()
        .map(LogLineView::line)
        .anyMatch(
            line -> log.session().equals(line.sessionId()) && log.message().equals(line.message()));
  }

  private static Stream<String> problemIf(boolean wrong, String problem) {
    return wrong ? Stream.of(problem) : Stream.empty();
  }
}
