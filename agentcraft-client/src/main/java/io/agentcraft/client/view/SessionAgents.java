package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.SessionView.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The agents of one session while a message is applied: which of them it tells of, and what each of them was before. */
final class SessionAgents {

  private final String sessionId;
  private final Step step;
  private final BiFunction<String, String, @Nullable AgentView> adopt;
  private final int maxAgents;

  private List<AgentView> agents;
  // What each of the agents was before the message; as long as the list of agents, or empty if that
  // is unchanged.
  private List<@Nullable AgentView> before = List.of();

  /**
   * Takes the agents as they are before the message.
   *
   * @param adopt returns and removes the agent of this id (or an unknown one, if empty) and name that belongs to no session
   *     yet; {@code null} if there is none
   * @param maxAgents how many agents are kept that a snapshot does not list
   */
  SessionAgents(
      String sessionId,
      List<AgentView> agents,
      Step step,
      BiFunction<String, String, @Nullable AgentView> adopt,
      int maxAgents) {
    this.sessionId = sessionId;
    this.agents = agents;
    this.step = step;
    this.adopt = adopt;
    this.maxAgents = maxAgents;
  }

  /** Takes the agents of a snapshot, in its order. An agent that it does not list stays, with the others after it. */
  void merge(List<AgentState> states, @Nullable WireTime frameTime) {
    List<AgentView> known = agents;
    boolean[] listed = new boolean[known.size()];
    List<AgentView> merged = new ArrayList<>(states.size());
    List<@Nullable AgentView> mergedBefore = new ArrayList<>(states.size());
    for (int i = 0; i < states.size(); i++) {
      AgentState state = states.get(i);
      String id = state.agentId() == null ? "" : state.agentId();
      int at = indexOf(known, id, state.agentName(), listed, i);
      if (at >= 0) {
        listed[at] = true;
      }
      AgentView was = at >= 0 ? known.get(at) : adopt.apply(id, state.agentName());
      mergedBefore.add(was);
      merged.add(AgentReducer.next(was, state, sessionId, frameTime, step.arrival()));
    }
    for (int i = 0; i < known.size() && merged.size() < maxAgents; i++) {
      AgentView agent = known.get(i);
      if (!listed[i] && !isNamed(merged, agent)) {
        merged.add(agent);
        mergedBefore.add(agent);
      }
    }
    agents = merged;
    before = mergedBefore;
  }

  /** Takes an agent that told of its session. */
  void put(AgentStatusUpdate update, SessionMetadata metadata) {
    int at = indexOf(agents, update);
    AgentView was = at >= 0 ? agents.get(at) : adopt.apply(update.agentId(), update.agentName());
    AgentView agent = AgentReducer.next(
        was, update, sessionId, metadata.details(), metadata.others(), step.arrival());
    List<AgentView> changed = new ArrayList<>(agents.size() + 1);
    List<@Nullable AgentView> changedBefore = new ArrayList<>(agents.size() + 1);
    for (int i = 0; i < agents.size(); i++) {
      AgentView known = agents.get(i);
      if (i == at) {
        changed.add(agent);
        changedBefore.add(was);
      } else if (!isNamed(List.of(agent), known)) {
        changed.add(known);
        changedBefore.add(known);
      }
    }
    if (at < 0) {
      changed.add(agent);
      changedBefore.add(was);
    }
    if (changed.size() > maxAgents) {
      changed.remove(0);
      changedBefore.remove(0);
    }
    agents = changed;
    before = changedBefore;
  }

  /** Returns whether an agent that was only known by its name turns out to be one of these. */
  private static boolean isNamed(List<AgentView> agents, AgentView agent) {
    return agent.id().isEmpty()
        && agents.stream().anyMatch(other -> other.name().equals(agent.name()));
  }

  /** Ends all agents with their session. */
  void end(Outcome how, @Nullable String error) {
    List<AgentView> ended = new ArrayList<>(agents.size());
    for (int i = 0; i < agents.size(); i++) {
      AgentView agent = agents.get(i);
      AgentView was = before.isEmpty() ? agent : before.get(i);
      ended.add(AgentReducer.ended(agent, was, how, error, step.arrival()));
    }
    if (before.isEmpty()) {
      before = new ArrayList<>(agents);
    }
    agents = ended;
  }

  /** Returns the agents as they are now. */
  List<AgentView> now() {
    return agents;
  }

  /** Reports the agents that the message told of, and returns all of them. */
  @SuppressWarnings("ReferenceEquality") // the same object was not told of by this message
  List<AgentView> report() {
    for (int i = 0; i < before.size(); i++) {
      AgentView was = before.get(i);
      AgentView now = agents.get(i);
      if (was != now) {
        step.agent(was, now);
      }
    }
    return List.copyOf(agents);
  }

  /** Returns where the agent of a status is; {@code -1} if nowhere. */
  static int indexOf(List<AgentView> agents, AgentStatusUpdate update) {
    return indexOf(agents, update.agentId(), update.agentName(), new boolean[agents.size()], 0);
  }

  /** Returns where the agent of this id is, or else of this name if one of the two ids is unknown; {@code -1} if nowhere. */
  private static int indexOf(
      List<AgentView> agents, String id, String name, boolean[] excluded, int likely) {
    int byId =
        id.isEmpty() ? -1 : find(agents, excluded, likely, agent -> agent.id().equals(id));
    return byId >= 0
        ? byId
        : find(
            agents,
            excluded,
            likely,
            agent -> (id.isEmpty() || agent.id().isEmpty()) && agent.name().equals(name));
  }

  /** Begins where the agent was in the last snapshot. */
  private static int find(
      List<AgentView> agents, boolean[] excluded, int likely, Predicate<AgentView> wanted) {
    if (likely < agents.size() && !excluded[likely] && wanted.test(agents.get(likely))) {
      return likely;
    }
    for (int i = 0; i < agents.size(); i++) {
      if (!excluded[i] && wanted.test(agents.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
