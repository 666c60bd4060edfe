package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits of one agent, and what was sent over the socket and is not confirmed. In time order: sent, kept, newest.
 * Confined to the loop.
 */
final class AgentSlot {

  /** Beyond it the oldest kept update gives way to the newest, so that a long outage does not fill the memory. */
  static final int MOST_KEPT = 32;

  private final Deque<Sent> sent = new ArrayDeque<>();
  private final Deque<Publication> kept = new ArrayDeque<>();
  private @Nullable Publication newest;

  private record Sent(Publication publication, long at) {}

  /** Adds a newer update, and to the list what it takes the place of. */
  void offer(Publication publication, List<Publication> superseded) {
    if (newest != null) {
      superseded.add(newest);
      newest = null;
    }
    if (publication.kept()) {
      kept.addLast(publication);
      trimKept(superseded);
    } else {
      newest = publication;
    }
  }

  /** Takes what is next in time order; never skips a kept update. */
  @Nullable
  Publication take() {
    if (!kept.isEmpty()) {
      return kept.removeFirst();
    }
    Publication next = newest;
    newest = null;
    return next;
  }

  /** Lets an update that was taken wait again, before all others; returns what newer ones supersede. */
  List<Publication> giveBack(Publication publication) {
    List<Publication> superseded = new ArrayList<>(1);
    putFirst(publication, superseded);
    trimKept(superseded);
    return superseded;
  }

  void sent(Publication publication, long at) {
    sent.addLast(new Sent(publication, at));
  }

  /** Returns for how long the oldest unconfirmed update has been on its way; -1 for none. */
  long oldestAge(long now) {
    return sent.isEmpty() ? -1 : now - sent.getFirst().at();
  }

  /**
   * Finds the sent update that was relayed, and forgets it and all before it: frames keep their order, so what was sent
   * before and not relayed never will be.
   */
  Optional<Publication> confirm(AgentStatusUpdate relayed, List<Publication> superseded) {
    Optional<Publication> match = sent.stream()
        .map(Sent::publication)
        .filter(publication -> publication.isRelayedAs(relayed))
        .findFirst();
    match.ifPresent(found -> {
      while (!sent.getFirst().publication().equals(found)) {
        superseded.add(sent.removeFirst().publication());
      }
      sent.removeFirst();
    });
    return match;
  }

  /** Lets everything sent and not confirmed wait again; returns what is superseded by newer updates. */
  List<Publication> takeBack() {
    List<Publication> superseded = new ArrayList<>();
    while (!sent.isEmpty()) {
      putFirst(sent.removeLast().publication(), superseded);
    }
    trimKept(superseded);
    return superseded;
  }

  /** Empties the slot. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    sent.forEach(entry -> all.add(entry.publication()));
    all.addAll(kept);
    if (newest != null) {
      all.add(newest);
    }
    sent.clear();
    kept.clear();
    newest = null;
    return all;
  }

  boolean hasKept() {
    return !kept.isEmpty();
  }

  boolean hasNewest() {
    return newest != null;
  }

  boolean hasSent() {
    return !sent.isEmpty();
  }

  boolean isEmpty() {
    return sent.isEmpty() && kept.isEmpty() && newest == null;
  }

  private void putFirst(Publication publication, List<Publication> superseded) {
    if (publication.kept()) {
      kept.addFirst(publication);
    } else if (newest != null || !kept.isEmpty()) {
      superseded.add(publication);
    } else {
      newest = publication;
    }
  }

  private void trimKept(List<Publication> superseded) {
    while (kept.size() > MOST_KEPT) {
      superseded.add(kept.removeFirst());
    }
  }
}
