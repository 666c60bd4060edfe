package io.agentcraft.examples.live;

import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.BoardSnapshot;
import io.agentcraft.client.view.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The agents to show. An agent may be known twice, from its own {@code agent_status} and from the snapshot of a
 * session: what was heard last counts. That is how an update that was sent while no connection was open comes to light.
 */
public final class AgentRoster {

  private AgentRoster() {}

  /**
   * Returns every agent once, as it was last heard of.
   *
   * @param board what is known
   * @return the agents in the order in which they were first heard of; unmodifiable
   */
  public static List<AgentView> of(BoardSnapshot board) {
    Map<String, AgentView> inSessions = board.sessions().values().stream()
        .map(SessionView::agents)
        .flatMap(List::stream)
        .collect(Collectors.toMap(AgentView::displayName, Function.identity(), AgentRoster::newer));
    List<AgentView> roster = new ArrayList<>();
    for (AgentView agent : board.allAgents()) {
      AgentView other = inSessions.get(agent.displayName());
      boolean ownStatus = agent.sessionId() == null;
      roster.add(ownStatus && other != null ? newer(agent, other) : agent);
    }
    return List.copyOf(roster);
  }

  /**
   * Finds an agent by its name.
   *
   * @param board what is known
   * @param name the name
   * @return the agent as it was last heard of; empty if it never was
   */
  public static Optional<AgentView> find(BoardSnapshot board, String name) {
    return of(board).stream().filter(agent -> agent.displayName().equals(name)).findFirst();
  }

  private static AgentView newer(AgentView one, AgentView other) {
    return other.updatedAt().isAfter(one.updatedAt()) ? other : one;
  }
}
