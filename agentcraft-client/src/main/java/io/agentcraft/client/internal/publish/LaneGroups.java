package io.agentcraft.client.internal.publish;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The lanes that are about the same session: its end waits until all else of it has been sent. Any other lane is a group by
 * itself. Confined to the loop.
 */
final class LaneGroups {

  private final Map<String, Group> groups = new HashMap<>();
  private final Map<AgentQueue, Group> groupOf = new HashMap<>();

  private record Group(
      String name, Set<AgentQueue> lanes, Set<AgentQueue> waiting, Set<AgentQueue> posting) {

    Group(String name) {
      this(name, new HashSet<>(), new HashSet<>(), new HashSet<>());
    }
  }

  void add(AgentQueue lane, Publication first) {
    PublishedRun run = first.run();
    String name = run == null ? first.lane() : run.lane();
    Group group = groups.computeIfAbsent(name, Group::new);
    group.lanes().add(lane);
    groupOf.put(lane, group);
  }

  void remove(AgentQueue lane) {
    Group group = Objects.requireNonNull(groupOf.remove(lane));
    group.lanes().remove(lane);
    if (group.lanes().isEmpty()) {
      groups.remove(group.name());
    }
  }

  /** Notes whether something of a lane waits. */
  void update(AgentQueue lane) {
    set(group(lane).waiting(), lane, lane.hasWaiting());
  }

  /** Notes whether a post of a lane is under way. */
  void posting(AgentQueue lane, boolean now) {
    set(group(lane).posting(), lane, now);
  }

  /** Returns whether a post of the lane's group is under way. */
  boolean isPosting(AgentQueue lane) {
    return !group(lane).posting().isEmpty();
  }

  /**
   * Returns whether a post of the lane's group is under way that must not be overtaken: what is told of the session itself
   * repeats what was told of its agents.
   */
  boolean mayOvertake(AgentQueue lane) {
    Group group = group(lane);
    return group.posting().stream().anyMatch(other -> isOwn(group, lane) || isOwn(group, other));
  }

  private static boolean isOwn(Group group, AgentQueue lane) {
    return lane.lane().equals(group.name());
  }

  /** Returns whether what the lane would send next is the end of a session, of which something else must be sent first. */
  boolean holdsBackEnd(AgentQueue lane) {
    if (!lane.isAtEndOfSession()) {
      return false;
    }
    Group group = group(lane);
    boolean alone = group.waiting().isEmpty()
        || (group.waiting().size() == 1 && group.waiting().contains(lane));
    return !alone || !group.posting().isEmpty();
  }

  private Group group(AgentQueue lane) {
    return Objects.requireNonNull(groupOf.get(lane));
  }

  private static void set(Set<AgentQueue> lanes, AgentQueue lane, boolean contained) {
    if (contained) {
      lanes.add(lane);
    } else {
      lanes.remove(lane);
    }
  }
}
