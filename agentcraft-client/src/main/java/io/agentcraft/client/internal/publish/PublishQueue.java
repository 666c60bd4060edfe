package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The updates of all agents: of each the newest wins, what is kept overtakes, and agents take turns. Knows no clock and no
 * socket. Confined to the loop.
 */
final class PublishQueue {

  private final Map<String, AgentSlot> slots = new HashMap<>();
  private final Turns keptTurns = new Turns();
  private final Turns newestTurns = new Turns();

  /** Agents in the order in which they may speak, each once. */
  private static final class Turns {
    private final Deque<String> order = new ArrayDeque<>();
    private final Set<String> members = new HashSet<>();

    void add(String agentId) {
      if (members.add(agentId)) {
        order.addLast(agentId);
      }
    }

    @Nullable
    String poll() {
      String agentId = order.pollFirst();
      if (agentId != null) {
        members.remove(agentId);
      }
      return agentId;
    }

    int size() {
      return order.size();
    }

    void clear() {
      order.clear();
      members.clear();
    }
  }

  /** Adds an update; returns what it takes the place of. */
  List<Publication> offer(Publication publication) {
    AgentSlot slot = slots.computeIfAbsent(publication.agentId(), id -> new AgentSlot());
    List<Publication> superseded = slot.offer(publication);
    takesTurns(publication.agentId(), slot);
    return superseded;
  }

  /**
   * Takes the next update to send.
   *
   * @param mustWait tells which agents' updates that are not kept have to wait still
   * @param oneAtATime whether an agent with an unconfirmed update has to wait
   */
  @Nullable
  Publication next(Predicate<String> mustWait, boolean oneAtATime) {
    Publication kept = take(keptTurns, oneAtATime, AgentSlot::hasKept, id -> false);
    return kept != null ? kept : take(newestTurns, oneAtATime, AgentSlot::hasNewest, mustWait);
  }

  boolean hasWaiting() {
    return keptTurns.size() > 0 || newestTurns.size() > 0;
  }

  boolean hasUnconfirmed() {
    return slots.values().stream().anyMatch(AgentSlot::hasSent);
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  void sent(Publication publication, long now) {
    slots.computeIfAbsent(publication.agentId(), id -> new AgentSlot()).sent(publication, now);
  }

  /** Returns when the oldest unconfirmed update was sent; {@code Long.MAX_VALUE} for none. */
  long oldestSentAt() {
    return slots.values().stream().mapToLong(AgentSlot::oldestSentAt).min().orElse(Long.MAX_VALUE);
  }

  /** Confirms the sent update that was relayed; adds to the list what it makes obsolete. */
  Optional<Publication> confirm(AgentStatusUpdate relayed, List<Publication> superseded) {
    AgentSlot slot = slots.get(relayed.agentId());
    if (slot == null) {
      return Optional.empty();
    }
    Optional<Publication> confirmed = slot.confirm(relayed, superseded);
    forgetIfEmpty(relayed.agentId(), slot);
    return confirmed;
  }

  /** Forgets a sent update that has ended. */
  void ended(Publication publication) {
    AgentSlot slot = slots.get(publication.agentId());
    if (slot != null) {
      slot.ended(publication);
      takesTurns(publication.agentId(), slot);
      forgetIfEmpty(publication.agentId(), slot);
    }
  }

  /** Lets what was sent up to a time and is not confirmed wait again; returns what is superseded by newer updates. */
  List<Publication> takeBack(long sentUpTo) {
    List<Publication> superseded = new ArrayList<>();
    slots.forEach((agentId, slot) -> {
      if (slot.hasSent() && slot.oldestSentAt() <= sentUpTo) {
        superseded.addAll(slot.takeBack());
        takesTurns(agentId, slot);
      }
    });
    return superseded;
  }

  /** Lets one sent update wait again. */
  List<Publication> takeBack(Publication publication) {
    AgentSlot slot = slots.get(publication.agentId());
    if (slot == null) {
      return List.of();
    }
    List<Publication> superseded = slot.takeBack();
    takesTurns(publication.agentId(), slot);
    return superseded;
  }

  /** Empties the queue. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    for (Iterator<AgentSlot> each = slots.values().iterator(); each.hasNext(); ) {
      all.addAll(each.next().drain());
      each.remove();
    }
    keptTurns.clear();
    newestTurns.clear();
    return all;
  }

  private @Nullable Publication take(
      Turns turns, boolean oneAtATime, Predicate<AgentSlot> hasSome, Predicate<String> mustWait) {
    for (int i = turns.size(); i > 0; i--) {
      String agentId = turns.poll();
      AgentSlot slot = agentId == null ? null : slots.get(agentId);
      if (agentId == null || slot == null) {
        continue;
      }
      if (!hasSome.test(slot)) {
        continue;
      }
      if ((oneAtATime && slot.hasSent()) || mustWait.test(agentId)) {
        turns.add(agentId);
      } else {
        Publication next = slot.take();
        takesTurns(agentId, slot);
        return next;
      }
    }
    return null;
  }

  private void takesTurns(String agentId, AgentSlot slot) {
    if (slot.hasKept()) {
      keptTurns.add(agentId);
    }
    if (slot.hasNewest()) {
      newestTurns.add(agentId);
    }
  }

  private void forgetIfEmpty(String agentId, AgentSlot slot) {
    if (slot.isEmpty()) {
      slots.remove(agentId);
    }
  }
}
