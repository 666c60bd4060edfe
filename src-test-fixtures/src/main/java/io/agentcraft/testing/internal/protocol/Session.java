package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One session of a crew. Immutable; it has all that the deployed backend knows of agents, and forms leave out what they don't send. */
public record Session(
    String id,
    String query,
    String phase,
    Instant startedAt,
    List<AgentState> agents,
    List<Object> crewOutput,
    List<LogEntry> logs) {

  /** The phase that a session starts in. */
  public static final String FIRST_PHASE = "agent_initialization";

  /** The phase of a completed session. */
  public static final String COMPLETED = "completed";

  /** The phase of a failed session. */
  public static final String FAILED = "error";

  public Session {
    agents = List.copyOf(agents);
    crewOutput = List.copyOf(crewOutput);
    logs = List.copyOf(logs);
  }

  public boolean isOver() {
    return phase.equals(COMPLETED) || phase.equals(FAILED);
  }

  public boolean hasAgent(String name) {
    return agents.stream().anyMatch(agent -> agent.agentName().equals(name));
  }

  public int activeAgents() {
    return (int) agents.stream()
        .filter(agent -> agent.status() != AgentStatus.IDLE && !agent.status().isFinal())
        .count();
  }

  public List<String> completedAgents() {
    return agents.stream()
        .filter(agent -> agent.status() == AgentStatus.COMPLETED)
        .map(AgentState::agentName)
        .toList();
  }

  public double progress() {
    return agents.stream()
        .mapToDouble(AgentState::progress)
        .average()
        .orElse(phase.equals(COMPLETED) ? 100 : 0);
  }

  /** Returns when the session would end at its present pace; null before any progress. */
  public @Nullable Instant estimatedCompletion(Instant now) {
    double progress = progress();
    if (progress <= 0) {
      return null;
    }
    double soFar = Duration.between(startedAt, now).toNanos();
    return startedAt.plusNanos((long) (soFar * 100 / progress));
  }

  Session withPhase(String newPhase) {
    return new Session(id, query, newPhase, startedAt, agents, crewOutput, logs);
  }

  Session withAgents(UnaryOperator<AgentState> change) {
    return new Session(
        id, query, phase, startedAt, agents.stream().map(change).toList(), crewOutput, logs);
  }

  Session withOutput(Object output) {
    return new Session(id, query, phase, startedAt, agents, appended(crewOutput, output), logs);
  }

  Session withLog(LogEntry entry) {
    return new Session(id, query, phase, startedAt, agents, crewOutput, appended(logs, entry));
  }

  private static <T> List<T> appended(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
