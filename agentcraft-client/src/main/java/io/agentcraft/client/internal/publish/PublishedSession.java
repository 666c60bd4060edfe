package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session that this client publishes. Immutable: each change makes another one.
 *
 * @param agents the agents in the order in which they came; none is ever removed
 * @param outputs the newest outputs
 * @param outputCount how many outputs there were, those that are no longer kept included
 * @param lastChanged the index of the agent that changed last; -1 if none has
 * @param end how the session ended; {@code null} while it is open
 */
record PublishedSession(
    String id,
    String query,
    Instant startedAt,
    List<Agent> agents,
    String phase,
    List<Output> outputs,
    long outputCount,
    int lastChanged,
    @Nullable End end) {

  static final int MAX_OUTPUTS = 50;

  private static final String CANCELLED_PHASE = "cancelled";

  /**
   * An agent of the session.
   *
   * @param update its latest status
   * @param details why it failed, or which tool it uses; {@code null} for none
   * @param startedAt when it began to work; {@code null} if it has not
   */
  record Agent(
      AgentStatusUpdate update,
      @Nullable String details,
      @Nullable Instant startedAt,
      Instant updatedAt) {

    static Agent idle(AgentStatusUpdate update, Instant now) {
      return new Agent(update, null, null, now);
    }

    Agent with(AgentStatusUpdate next, @Nullable String nextDetails, Instant now) {
      boolean starts = startedAt == null && next.status() != AgentStatus.IDLE;
      return new Agent(next, nextDetails, starts ? now : startedAt, now);
    }

    boolean hasEnded() {
      return update.status().isFinal();
    }

    boolean isAtWork() {
      return !hasEnded() && update.status() != AgentStatus.IDLE;
    }
  }

  /**
   * Something that the crew, or one of its agents, produced.
   *
   * @param at when; no two outputs of a session have the same time, by which readers know one that they were told before
   */
  record Output(
      Instant at, String type, String content, @Nullable String agent) {}

  /** How a session ended, and what is told of it. */
  record End(Outcome outcome, String text) {

    enum Outcome {
      COMPLETED,
      CANCELLED,
      FAILED
    }

    boolean isFailure() {
      return outcome == Outcome.FAILED;
    }
  }

  static PublishedSession started(String id, String query, Instant now) {
    return new PublishedSession(id, query, now, List.of(), "", List.of(), 0, -1, null);
  }

  /** Adds an agent, which is the last one of the list then. */
  PublishedSession add(Agent agent) {
    List<Agent> more = new ArrayList<>(agents);
    more.add(agent);
    return withAgents(more, lastChanged);
  }

  PublishedSession change(int index, Agent agent) {
    List<Agent> changed = new ArrayList<>(agents);
    changed.set(index, agent);
    return withAgents(changed, index);
  }

  PublishedSession enter(String nextPhase) {
    return new PublishedSession(
        id, query, startedAt, agents, nextPhase, outputs, outputCount, lastChanged, end);
  }

  PublishedSession add(String type, String content, @Nullable String agent, Instant now) {
    List<Output> newest = new ArrayList<>(outputs);
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    if (!newest.isEmpty() && !at.isAfter(newest.get(newest.size() - 1).at())) {
      at = newest.get(newest.size() - 1).at().plusMillis(1);
    }
    newest.add(new Output(at, type, content, agent));
    if (newest.size() > MAX_OUTPUTS) {
      newest.remove(0);
    }
    return new PublishedSession(
        id,
        query,
        startedAt,
        agents,
        phase,
        List.copyOf(newest),
        outputCount + 1,
        lastChanged,
        end);
  }

  PublishedSession end(End how) {
    String last = how.outcome() == End.Outcome.CANCELLED ? CANCELLED_PHASE : phase;
    return new PublishedSession(
        id, query, startedAt, agents, last, outputs, outputCount, lastChanged, how);
  }

  /** Returns the agents' mean progress in percent; 100 once the session is completed. */
  double overallProgress() {
    if (end != null && end.outcome() == End.Outcome.COMPLETED) {
      return 100;
    }
    return agents.stream()
        .mapToDouble(agent -> agent.update().progress())
        .average()
        .orElse(0);
  }

  List<String> completedAgents() {
    return agents.stream()
        .filter(agent -> agent.update().status() == AgentStatus.COMPLETED)
        .map(agent -> agent.update().agentName())
        .toList();
  }

  /** Returns the indexes of the agents that have begun to work and have not ended. */
  List<Integer> atWork() {
    return IntStream.range(0, agents.size())
        .filter(index -> agents.get(index).isAtWork())
        .boxed()
        .toList();
  }

  /** Returns the outputs that came after so many, as far as they are kept. */
  List<Output> outputsAfter(long count) {
    int unseen = (int) Math.min(outputs.size(), outputCount - count);
    return outputs.subList(outputs.size() - Math.max(0, unseen), outputs.size());
  }

  private PublishedSession withAgents(List<Agent> changed, int last) {
    return new PublishedSession(
        id, query, startedAt, List.copyOf(changed), phase, outputs, outputCount, last, end);
  }
}
