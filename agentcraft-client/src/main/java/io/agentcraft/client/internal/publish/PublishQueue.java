package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The updates of all agents: of each the newest wins, what is kept overtakes, and agents take turns. Never sends an agent's
 * older update after a newer one: how, {@link AgentQueue} says. Knows no clock and no socket. Confined to the loop.
 */
final class PublishQueue {

  private final Map<String, AgentQueue> slots = new HashMap<>();
  // Agents that have something kept, or a newest, in the order in which they may speak.
  private final Set<String> keptTurns = new LinkedHashSet<>();
  private final Set<String> newestTurns = new LinkedHashSet<>();
  private final Set<String> unconfirmed = new LinkedHashSet<>();
  private final Set<String> overdue = new LinkedHashSet<>();

  /** Adds an update, and to the list what it takes the place of. */
  void offer(Publication publication, List<Publication> superseded) {
    String agentId = publication.agentId();
    AgentQueue slot = slot(agentId);
    boolean takesItsPlace = slot.hasNewest() && !publication.kept();
    slot.offer(publication, superseded);
    if (!takesItsPlace) {
      note(agentId, slot);
    }
  }

  /**
   * Takes the next update to send.
   *
   * @param isBusy tells which agents may not speak at all now
   * @param mustRest tells which agents' updates that are not kept have to wait still
   */
  @Nullable
  Publication next(Predicate<String> isBusy, Predicate<String> mustRest) {
    Publication kept = take(keptTurns, isBusy);
    return kept != null ? kept : take(newestTurns, isBusy.or(mustRest));
  }

  /** Lets an update that was taken and not sent wait again; returns what is superseded by newer ones. */
  List<Publication> giveBack(Publication publication) {
    return change(publication.agentId(), slot -> slot.giveBack(publication));
  }

  /** Notes that an update went over the socket, which confirms nothing yet. */
  void sent(Publication publication, long now) {
    change(publication.agentId(), slot -> {
      slot.sent(publication, now);
      return slot;
    });
  }

  /** Confirms the sent update that was relayed; adds to the list what it makes obsolete. */
  Optional<Publication> confirm(AgentStatusUpdate relayed, List<Publication> superseded) {
    return unconfirmed.contains(relayed.agentId()) || overdue.contains(relayed.agentId())
        ? change(relayed.agentId(), slot -> slot.confirm(relayed, superseded))
        : Optional.empty();
  }

  /** Returns for how long the oldest unconfirmed update has been on its way, in nanoseconds; -1 for none. */
  long oldestAge(long now) {
    return unconfirmed.stream()
        .mapToLong(agentId -> slot(agentId).oldestAge(now))
        .max()
        .orElse(-1);
  }

  /** The connection is gone: of each agent lets the last that was sent wait again; returns what is superseded. */
  List<Publication> takeBackAll() {
    Set<String> sent = new LinkedHashSet<>(unconfirmed);
    sent.addAll(overdue);
    return takeBack(sent, AgentQueue::takeBack);
  }

  /** Does the same, on a connection that stays open, with what was sent so long ago. */
  List<Publication> takeBackOverdue(long age, long now) {
    List<String> late = unconfirmed.stream()
        .filter(agentId -> slot(agentId).oldestAge(now) >= age)
        .toList();
    return takeBack(late, slot -> slot.takeBackOverdue(age, now));
  }

  /** Expects no more the relays of what was taken back as overdue and had been sent so long ago. */
  void forgetOverdue(long age, long now) {
    for (String agentId : List.copyOf(overdue)) {
      change(agentId, slot -> {
        slot.forgetOverdue(age, now);
        return slot;
      });
    }
  }

  /** Empties the queue. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    slots.values().forEach(slot -> all.addAll(slot.drain()));
    slots.clear();
    keptTurns.clear();
    newestTurns.clear();
    unconfirmed.clear();
    overdue.clear();
    return all;
  }

  boolean hasWaiting() {
    return !keptTurns.isEmpty() || !newestTurns.isEmpty();
  }

  boolean hasUnconfirmed() {
    return !unconfirmed.isEmpty();
  }

  boolean isUnconfirmed(String agentId) {
    return unconfirmed.contains(agentId);
  }

  /** Returns whether a relay may still come of what was taken back as overdue. */
  boolean hasOverdue() {
    return !overdue.isEmpty();
  }

  boolean isEmpty() {
    return !hasWaiting() && !hasUnconfirmed();
  }

  private @Nullable Publication take(Set<String> turns, Predicate<String> mustWait) {
    for (String agentId : turns) {
      if (!mustWait.test(agentId)) {
        Publication next = slot(agentId).take();
        // Whoever has spoken goes to the end of the line.
        turns.remove(agentId);
        note(agentId, slot(agentId));
        return next;
      }
    }
    return null;
  }

  private List<Publication> takeBack(
      Collection<String> agents, Function<AgentQueue, List<Publication>> takeBack) {
    List<Publication> superseded = new ArrayList<>();
    for (String agentId : agents) {
      superseded.addAll(change(agentId, takeBack));
    }
    return superseded;
  }

  private AgentQueue slot(String agentId) {
    return slots.computeIfAbsent(agentId, id -> new AgentQueue());
  }

  private <T> T change(String agentId, Function<AgentQueue, T> change) {
    AgentQueue slot = slot(agentId);
    T result = change.apply(slot);
    note(agentId, slot);
    return result;
  }

  private void note(String agentId, AgentQueue slot) {
    note(keptTurns, agentId, slot.hasKept());
    note(newestTurns, agentId, slot.hasNewest());
    note(unconfirmed, agentId, slot.hasSent());
    note(overdue, agentId, slot.hasOverdue());
    if (slot.isEmpty() && !slot.hasOverdue()) {
      slots.remove(agentId);
    }
  }

  private static void note(Set<String> agents, String agentId, boolean belongs) {
    if (belongs) {
      agents.add(agentId);
    } else {
      agents.remove(agentId);
    }
  }
}
