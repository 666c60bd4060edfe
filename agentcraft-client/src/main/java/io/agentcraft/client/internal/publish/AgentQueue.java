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
 *
 * <p>A server never hears an older update after a newer one, and hears every kept one. Two rules see to that:
 *
 * <ol>
 *   <li>Nothing is sent behind a kept update before that one is confirmed. Others may be on their way several at a time.
 *   <li>After a cut, or when a relay is overdue, only the last that was sent may be sent again: the server may have heard
 *       it. What was sent before it is superseded, which by the first rule is never a kept update.
 * </ol>
 *
 * <p>One exception keeps a server that changes what it relays from silencing an agent: see {@link #MOST_TRIES}. And no
 * client can help what a network brings after the connection or the request that it belongs to was given up.
 */
final class AgentQueue {

  /** Beyond it the oldest kept update gives way to the newest, so that a long outage does not fill the memory. */
  static final int MOST_KEPT = 32;

  /**
   * After so many overdue relays over one connection a kept update no longer holds back newer ones. It was sent for more
   * than the minute over which servers count frames, so that it cannot have been dropped each time.
   */
  static final int MOST_TRIES = 13;

  private static final int MOST_OVERDUE = 8;

  private final Deque<Sent> sent = new ArrayDeque<>();
  /**
   * Sent over this connection before what is in {@link #sent}, and not relayed in time. The relay may still come: then it
   * confirms this one, and not a newer one that happens to say the same.
   */
  private final Deque<Sent> overdue = new ArrayDeque<>();

  private final Deque<Publication> kept = new ArrayDeque<>();
  private @Nullable Publication newest;
  /** The update whose relay was overdue last, and how often it was over this connection. */
  private @Nullable Publication tried;

  private int tries;

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
    if (isHeld()) {
      return null;
    }
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
    Publication late = removeThrough(overdue, relayed, new ArrayList<>());
    if (late != null) {
      return Optional.ofNullable(waitingOrSentAgain(late));
    }
    Publication match = removeThrough(sent, relayed, superseded);
    if (match != null) {
      overdue.clear();
    }
    return Optional.ofNullable(match);
  }

  /** Removes the first that was relayed, and all before it, which it adds to the list. */
  private static @Nullable Publication removeThrough(
      Deque<Sent> from, AgentStatusUpdate relayed, List<Publication> before) {
    if (from.stream().noneMatch(entry -> entry.publication().isRelayedAs(relayed))) {
      return null;
    }
    Publication next = from.removeFirst().publication();
    while (!next.isRelayedAs(relayed)) {
      before.add(next);
      next = from.removeFirst().publication();
    }
    return next;
  }

  /** Takes an overdue update that was relayed after all from where it is now; null if it has ended. */
  private @Nullable Publication waitingOrSentAgain(Publication late) {
    if (!sent.isEmpty() && sent.getFirst().publication().equals(late)) {
      overdue.addLast(sent.removeFirst());
    } else if (late.equals(kept.peekFirst())) {
      kept.removeFirst();
    } else if (late.equals(newest)) {
      newest = null;
    } else {
      return null;
    }
    return late;
  }

  /** The connection is gone: lets the last that was sent wait again; returns what is superseded. */
  List<Publication> takeBack() {
    forgetConnection();
    List<Publication> superseded = new ArrayList<>();
    while (!sent.isEmpty()) {
      takeBackFirst(superseded);
    }
    return superseded;
  }

  /** The connection is open, but relays have not come for so long: like {@link #takeBack} for what was sent that long ago. */
  List<Publication> takeBackOverdue(long age, long now) {
    List<Publication> superseded = new ArrayList<>();
    while (!sent.isEmpty() && now - sent.getFirst().at() >= age) {
      Sent first = sent.getFirst();
      overdue.addLast(first);
      tries = first.publication().equals(tried) ? tries + 1 : 1;
      tried = first.publication();
      takeBackFirst(superseded);
    }
    while (overdue.size() > MOST_OVERDUE) {
      overdue.removeFirst();
    }
    return superseded;
  }

  private void takeBackFirst(List<Publication> superseded) {
    Publication first = sent.removeFirst().publication();
    if (!sent.isEmpty() || (hasWaiting() && first.equals(tried) && tries >= MOST_TRIES)) {
      superseded.add(first);
    } else {
      putFirst(first, superseded);
    }
  }

  private void forgetConnection() {
    overdue.clear();
    tried = null;
  }

  /** Expects no more the relays of what was sent so long ago. */
  void forgetOverdue(long age, long now) {
    overdue.removeIf(entry -> now - entry.at() >= age);
  }

  /** Empties the slot. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    sent.forEach(entry -> all.add(entry.publication()));
    all.addAll(kept);
    if (newest != null) {
      all.add(newest);
    }
    forgetConnection();
    sent.clear();
    kept.clear();
    newest = null;
    return all;
  }

  /** Returns whether something kept may be taken now. */
  boolean hasKept() {
    return !kept.isEmpty() && !isHeld();
  }

  /** Returns whether something that is not kept waits, and nothing sent holds it back. */
  boolean hasNewest() {
    return newest != null && !isHeld();
  }

  boolean hasSent() {
    return !sent.isEmpty();
  }

  boolean hasOverdue() {
    return !overdue.isEmpty();
  }

  boolean isEmpty() {
    return sent.isEmpty() && !hasWaiting();
  }

  private boolean hasWaiting() {
    return newest != null || !kept.isEmpty();
  }

  private boolean isHeld() {
    return !sent.isEmpty() && sent.getLast().publication().kept();
  }

  private void putFirst(Publication publication, List<Publication> superseded) {
    if (publication.kept()) {
      kept.addFirst(publication);
      trimKept(superseded);
    } else if (hasWaiting()) {
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
