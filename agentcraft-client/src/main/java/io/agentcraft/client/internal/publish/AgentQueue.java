package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The updates of one lane, which is an agent, an agent of a session, or a session: those that were sent over the WebSocket and not confirmed yet, then those that wait, the required
 * ones before the latest. Confined to the loop.
 *
 * <p>A server never receives an older update after a newer one, and receives every required update. Two rules ensure that:
 *
 * <ol>
 *   <li>Nothing is sent after a required update until that one is confirmed. Of other updates, several may be unconfirmed.
 *   <li>When the connection is lost or a relay is overdue, only the update that was sent last may be sent again, because the
 *       server may have received it. Those sent before it are superseded; by the first rule, none of them is required.
 * </ol>
 *
 * <p>There is one exception, so that a server that changes what it relays cannot block a lane: see {@link #MAX_ATTEMPTS}.
 * Also, a network may deliver a frame or a request after the client gave up the connection it belongs to.
 */
class AgentQueue {

  /** The limit of waiting required updates. Beyond it the oldest is dropped, so that a long outage does not fill the memory. */
  static final int MAX_REQUIRED = 32;

  /**
   * After so many overdue relays over one connection, a required update no longer holds back newer ones. By then it was sent
   * for longer than the minute over which servers count frames, so the rate limit cannot have dropped it each time.
   */
  static final int MAX_ATTEMPTS = 13;

  private static final int MAX_OVERDUE = 8;

  private final String lane;
  private final Deque<Sent> sent = new ArrayDeque<>();
  /**
   * Updates that were sent over this connection before those in {@link #sent}, and not relayed in time. A late relay must
   * not confirm a newer update that has the same content.
   */
  private final Deque<Sent> overdue = new ArrayDeque<>();

  private final Deque<Publication> required = new ArrayDeque<>();
  private @Nullable Publication latest;
  /** The update whose relay was overdue last, and how often it was overdue over this connection. */
  private @Nullable Publication attempted;

  private int attempts;

  private record Sent(Publication publication, long at) {}

  AgentQueue(String lane) {
    this.lane = lane;
  }

  String lane() {
    return lane;
  }

  /** Adds a newer update, and to the list what it supersedes. */
  void offer(Publication publication, List<Publication> superseded) {
    if (latest != null) {
      superseded.add(latest);
      latest = null;
    }
    if (publication.required()) {
      required.addLast(publication);
      dropOldest(superseded);
    } else {
      latest = publication;
    }
  }

  /** Removes and returns the oldest waiting update; {@code null} if there is none that may be sent. */
  @Nullable
  Publication take() {
    if (isHeld()) {
      return null;
    }
    if (!required.isEmpty()) {
      return required.removeFirst();
    }
    Publication next = latest;
    latest = null;
    return next;
  }

  /** Puts an update that was taken back in front of all others; returns what newer updates supersede. */
  List<Publication> giveBack(Publication publication) {
    List<Publication> superseded = new ArrayList<>(1);
    putFirst(publication, superseded);
    return superseded;
  }

  /** Notes that an update was sent over the WebSocket. */
  void sent(Publication publication, long at) {
    sent.addLast(new Sent(publication, at));
  }

  /** Returns when the oldest unconfirmed update was sent. There must be one. */
  long oldestSentAt() {
    return sent.getFirst().at();
  }

  /** Returns how long ago the oldest unconfirmed update was sent, in nanoseconds; -1 if there is none. */
  long oldestAge(long now) {
    return sent.isEmpty() ? -1 : now - oldestSentAt();
  }

  /** Returns when the oldest overdue update was sent. There must be one. */
  long oldestOverdueAt() {
    return overdue.getFirst().at();
  }

  /** Returns whether an update that was relayed was sent over the WebSocket, however long ago. */
  boolean wasSent(AgentStatusUpdate relayed) {
    return Stream.concat(overdue.stream(), sent.stream())
        .anyMatch(entry -> entry.publication().isRelayedAs(relayed));
  }

  /**
   * Finds the update that was relayed, and removes it and those sent before it: frames arrive in order, so the relays of
   * those will not come any more.
   */
  Optional<Publication> confirm(AgentStatusUpdate relayed, List<Publication> superseded) {
    Publication late = removeThrough(overdue, relayed, new ArrayList<>());
    if (late != null) {
      return Optional.ofNullable(removeWaitingOrSentAgain(late));
    }
    Publication match = removeThrough(sent, relayed, superseded);
    if (match != null) {
      overdue.clear();
    }
    return Optional.ofNullable(match);
  }

  /** Removes the first update that was relayed, and those before it, which are added to the list. */
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

  /** Removes an overdue update that was relayed after all, wherever it is now; {@code null} if it is not here any more. */
  private @Nullable Publication removeWaitingOrSentAgain(Publication late) {
    if (!sent.isEmpty() && sent.getFirst().publication().equals(late)) {
      overdue.addLast(sent.removeFirst());
    } else if (late.equals(required.peekFirst())) {
      required.removeFirst();
    } else if (late.equals(latest)) {
      latest = null;
    } else {
      return null;
    }
    return late;
  }

  /** The connection is lost: the update that was sent last waits again. Returns what is superseded. */
  List<Publication> takeBack() {
    forgetConnection();
    List<Publication> superseded = new ArrayList<>();
    while (!sent.isEmpty()) {
      takeBackFirst(superseded);
    }
    return superseded;
  }

  /** Like {@link #takeBack}, but the connection is open and only updates of that age are taken back. */
  List<Publication> takeBackOverdue(long age, long now) {
    List<Publication> superseded = new ArrayList<>();
    while (!sent.isEmpty() && now - oldestSentAt() >= age) {
      Sent first = sent.getFirst();
      overdue.addLast(first);
      attempts = first.publication().equals(attempted) ? attempts + 1 : 1;
      attempted = first.publication();
      takeBackFirst(superseded);
    }
    while (overdue.size() > MAX_OVERDUE) {
      overdue.removeFirst();
    }
    return superseded;
  }

  private void takeBackFirst(List<Publication> superseded) {
    Publication first = sent.removeFirst().publication();
    boolean exhausted = first.equals(attempted) && attempts >= MAX_ATTEMPTS;
    if (!sent.isEmpty() || (hasWaiting() && exhausted)) {
      superseded.add(first);
    } else {
      putFirst(first, superseded);
    }
  }

  private void forgetConnection() {
    overdue.clear();
    attempted = null;
  }

  /** Expects no more relays of overdue updates of that age. */
  void forgetOverdue(long age, long now) {
    overdue.removeIf(entry -> now - entry.at() >= age);
  }

  /** Removes and returns all updates. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    sent.forEach(entry -> all.add(entry.publication()));
    all.addAll(required);
    if (latest != null) {
      all.add(latest);
    }
    forgetConnection();
    sent.clear();
    required.clear();
    latest = null;
    return all;
  }

  /** Returns whether the next update to send is the end of a session. */
  boolean isAtEndOfSession() {
    Publication next = required.peekFirst();
    return next != null && next.endsSession();
  }

  /** Returns whether a required update waits and may be sent. */
  boolean hasRequired() {
    return !required.isEmpty() && !isHeld();
  }

  /** Returns whether an update that is not required waits and may be sent. */
  boolean hasLatest() {
    return latest != null && !isHeld();
  }

  boolean hasSent() {
    return !sent.isEmpty();
  }

  boolean hasOverdue() {
    return !overdue.isEmpty();
  }

  boolean isEmpty() {
    return sent.isEmpty() && overdue.isEmpty() && !hasWaiting();
  }

  boolean hasWaiting() {
    return latest != null || !required.isEmpty();
  }

  /** Returns whether what waits is held back by an unconfirmed required update. */
  private boolean isHeld() {
    return !sent.isEmpty() && sent.getLast().publication().required();
  }

  private void putFirst(Publication publication, List<Publication> superseded) {
    publication.notDelivered();
    if (publication.required()) {
      required.addFirst(publication);
      dropOldest(superseded);
    } else if (hasWaiting()) {
      superseded.add(publication);
    } else {
      latest = publication;
    }
  }

  private void dropOldest(List<Publication> superseded) {
    while (required.size() > MAX_REQUIRED) {
      superseded.add(required.removeFirst());
    }
  }
}
