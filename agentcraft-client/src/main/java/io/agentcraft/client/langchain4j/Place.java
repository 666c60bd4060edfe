package io.agentcraft.client.langchain4j;

import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.planner.AgenticSystemTopology;
import dev.langchain4j.agentic.workflow.LoopAgentInstance;
import dev.langchain4j.agentic.workflow.impl.ParallelPlanner;
import dev.langchain4j.agentic.workflow.impl.SequentialPlanner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A leaf and its place in a workflow. It is looked up from the root down: an agent that has joined two workflows knows the last
 * one only. The agent itself is not held: the framework lets it hold on to scopes.
 *
 * @param repeatedBy the id of the outermost workflow that may call it any number of times; {@code null} if it has one turn
 * @param maxRounds how often it is called at most; 0 if that is unknown
 * @param certain whether it has its turn in every run that succeeds
 */
record Place(
    String name,
    @Nullable String description,
    @Nullable String outputKey,
    boolean async,
    @Nullable String repeatedBy,
    int maxRounds,
    boolean certain) {

  static final int MAX_DEPTH = 30;

  /** Returns the place of a leaf that is called once, if at all. */
  static Place of(AgentInstance leaf) {
    return of(leaf, null, 0, false);
  }

  private static Place of(
      AgentInstance leaf, @Nullable String repeatedBy, int maxRounds, boolean certain) {
    return new Place(
        nameOf(leaf),
        leaf.description(),
        leaf.outputKey(),
        leaf.async(),
        repeatedBy,
        maxRounds,
        certain && !leaf.optional());
  }

  /** Returns the leaves below a workflow by their ids, in order. */
  static Map<String, Place> below(AgentInstance root) {
    Map<String, Place> places = new LinkedHashMap<>();
    collect(root, null, 0, true, 0, places);
    return places;
  }

  private static void collect(
      AgentInstance workflow,
      @Nullable String repeatedBy,
      int maxRounds,
      boolean certain,
      int depth,
      Map<String, Place> places) {
    AgenticSystemTopology topology = workflow.topology();
    // Supervisors and planners of users say that they are sequences, too.
    boolean inTurn = workflow.plannerType() == SequentialPlanner.class
        || workflow.plannerType() == ParallelPlanner.class;
    boolean repeats = !inTurn && topology != AgenticSystemTopology.ROUTER;
    boolean outermost = repeats && repeatedBy == null;
    String by = outermost ? idOf(workflow) : repeatedBy;
    int rounds = outermost ? maxRounds(workflow, topology) : repeats ? 0 : maxRounds;
    boolean sure = certain && (inTurn || topology == AgenticSystemTopology.LOOP);
    for (AgentInstance agent : subagents(workflow)) {
      if (!isLeaf(agent)) {
        if (depth < MAX_DEPTH) {
          collect(agent, by, rounds, sure && !agent.optional(), depth + 1, places);
        }
      } else {
        places.putIfAbsent(idOf(agent), of(agent, by, rounds, sure));
      }
    }
  }

  private static int maxRounds(AgentInstance workflow, AgenticSystemTopology topology) {
    return topology == AgenticSystemTopology.LOOP
        ? workflow.as(LoopAgentInstance.class).maxIterations()
        : 0;
  }

  static boolean isLeaf(AgentInstance agent) {
    return subagents(agent).isEmpty();
  }

  static List<AgentInstance> subagents(AgentInstance agent) {
    List<AgentInstance> subagents = agent.subagents();
    return subagents == null ? List.of() : subagents;
  }

  /** Returns the id, which is unique in a workflow, as long as the agent joins no other one. */
  static String idOf(AgentInstance agent) {
    String id = agent.agentId();
    return id == null ? nameOf(agent) : id;
  }

  static String nameOf(AgentInstance agent) {
    Class<?> type = agent.type();
    return Texts.name(agent.name(), type == null ? null : type.getSimpleName());
  }
}
