package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The updates of all lanes: required updates are sent before others, and lanes take turns. An {@link AgentQueue} keeps the
 * order of one lane's updates. The end of a session waits until all else of the session has been sent. No operation but a change of the transport or of the connection looks at all agents.
 * Confined to the loop.
 */
final class PublishQueue {

  private final Function<String, AgentQueue> newAgent;
  private final Map<String, AgentQueue> agents = new HashMap<>();
  private final Turns required = new Turns();
  private final Turns latest = new Turns();
  private final NavigableSet<AgentQueue> unconfirmed = byTime(AgentQueue::oldestSentAt);
  private final NavigableSet<AgentQueue> overdue = byTime(AgentQueue::oldestOverdueAt);
  private final Set<AgentQueue> posting = new HashSet<>();
  /** When each agent that was posted for a moment ago may be posted for again, in the order of time. */
  private final Map<AgentQueue, Long> resting = new LinkedHashMap<>();

  private final LaneGroups groups = new LaneGroups();

  private boolean overHttp;
  private boolean oneOfAGroup;

  /**
   * The agents that have something to send. Those that may not send now stand aside and keep their number, so that sending
   * does not have to skip them.
   */
  private static final class Turns {

    private final Map<AgentQueue, Long> numbers = new HashMap<>();
    private final TreeMap<Long, AgentQueue> ready = new TreeMap<>();
    private long lastNumber;

    void update(AgentQueue agent, boolean hasUpdate, boolean maySend) {
      if (!hasUpdate) {
        end(agent);
      } else if (maySend) {
        ready.put(numbers.computeIfAbsent(agent, added -> ++lastNumber), agent);
      } else {
        ready.remove(numbers.computeIfAbsent(agent, added -> ++lastNumber));
      }
    }

    /** Removes and returns the agent whose turn it is, of those that are not held back. */
    @Nullable
    AgentQueue next(Predicate<AgentQueue> isHeldBack) {
      for (AgentQueue each : ready.values()) {
        if (!isHeldBack.test(each)) {
          end(each);
          return each;
        }
      }
      return null;
    }

    private void end(AgentQueue agent) {
      Long number = numbers.remove(agent);
      if (number != null) {
        ready.remove(number);
      }
    }

    boolean isEmpty() {
      return numbers.isEmpty();
    }
  }

  PublishQueue() {
    this(AgentQueue::new);
  }

  /** Creates a queue that creates the queue of an agent with a function. */
  PublishQueue(Function<String, AgentQueue> newAgent) {
    this.newAgent = newAgent;
  }

  /** Adds an update, and to the list what it supersedes. */
  void offer(Publication publication, List<Publication> superseded) {
    AgentQueue agent = agent(publication);
    boolean replaces = agent.hasLatest() && !publication.required();
    agent.offer(publication, superseded);
    if (!replaces) {
      update(agent);
    }
  }

  /** Removes and returns the next update to send over the WebSocket; {@code null} if there is none. */
  @Nullable
  Publication nextForWebSocket(boolean onlyRequired, long now) {
    useHttp(false);
    return next(onlyRequired, now);
  }

  /**
   * Removes and returns the next update to post; {@code null} if there is none.
   *
   * @param oneOfASession whether a session has one post at a time, which keeps the order of all that is told of it
   */
  @Nullable
  Publication nextForHttp(boolean oneOfASession, long now) {
    oneOfAGroup = oneOfASession;
    useHttp(true);
    return next(false, now);
  }

  private @Nullable Publication next(boolean onlyRequired, long now) {
    endRests(now);
    AgentQueue agent = required.next(this::isHeldBack);
    if (agent == null && !onlyRequired) {
      agent = latest.next(this::isHeldBack);
    }
    if (agent == null) {
      return null;
    }
    Publication next = agent.take();
    update(agent);
    return next;
  }

  private boolean isHeldBack(AgentQueue agent) {
    boolean waitsForPost =
        overHttp && (oneOfAGroup ? groups.isPosting(agent) : groups.mayOvertake(agent));
    return waitsForPost || groups.holdsBackEnd(agent);
  }

  private void useHttp(boolean now) {
    if (overHttp != now) {
      overHttp = now;
      List.copyOf(agents.values()).forEach(this::update);
    }
  }

  /** Notes that a post began: the agent may not send until it ends, and other than required updates not before a time. */
  void postBegan(Publication publication, long restsUntil) {
    AgentQueue agent = agent(publication);
    posting.add(agent);
    groups.posting(agent, true);
    resting.remove(agent);
    resting.put(agent, restsUntil);
    update(agent);
  }

  void postEnded(Publication publication) {
    AgentQueue agent = agent(publication);
    posting.remove(agent);
    groups.posting(agent, false);
    update(agent);
  }

  /** Returns in how many nanoseconds an agent that waits may be posted for; {@code Long.MAX_VALUE} if none rests. */
  long untilRestEnds(long now) {
    return hasWaiting() && !resting.isEmpty()
        ? resting.values().iterator().next() - now
        : Long.MAX_VALUE;
  }

  private void endRests(long now) {
    while (!resting.isEmpty()) {
      Map.Entry<AgentQueue, Long> first = resting.entrySet().iterator().next();
      if (first.getValue() - now > 0) {
        return;
      }
      resting.remove(first.getKey());
      update(first.getKey());
    }
  }

  /** Puts an update that was taken and not sent back; returns what newer updates supersede. */
  List<Publication> giveBack(Publication publication) {
    return change(agent(publication), agent -> agent.giveBack(publication));
  }

  /** Notes that an update was sent over the WebSocket, and is not confirmed yet. */
  void sent(Publication publication, long now) {
    change(agent(publication), agent -> {
      agent.sent(publication, now);
      return agent;
    });
  }

  /** Returns whether an update that was relayed was sent over the WebSocket: then the server does relay. */
  boolean wasSent(AgentStatusUpdate relayed) {
    return lanesOf(relayed).anyMatch(agent -> agent.wasSent(relayed));
  }

  /** Returns the lanes that a status may have been sent for. */
  private Stream<AgentQueue> lanesOf(AgentStatusUpdate relayed) {
    String session = StatusFrames.sessionId(relayed);
    Stream<String> lanes = session == null
        ? Stream.of(relayed.agentId())
        : Stream.of(relayed.agentId(), PublishedRun.agentLane(session, relayed.agentId()), session);
    return lanes.map(agents::get).filter(Objects::nonNull);
  }

  /** Returns the update that a relay confirms, and adds to the list what it supersedes. */
  Optional<Publication> confirm(AgentStatusUpdate relayed, List<Publication> superseded) {
    return lanesOf(relayed)
        .filter(agent -> agent.wasSent(relayed))
        .findFirst()
        .flatMap(agent -> change(agent, confirming -> confirming.confirm(relayed, superseded)));
  }

  /** Returns how long ago the oldest unconfirmed update was sent, in nanoseconds; -1 if there is none. */
  long oldestAge(long now) {
    return unconfirmed.isEmpty() ? -1 : unconfirmed.first().oldestAge(now);
  }

  /** The connection is lost: each agent's update that was sent last waits again. Returns what is superseded. */
  List<Publication> takeBackAll() {
    Set<AgentQueue> sent = new LinkedHashSet<>(unconfirmed);
    sent.addAll(overdue);
    List<Publication> superseded = new ArrayList<>();
    sent.forEach(agent -> superseded.addAll(change(agent, AgentQueue::takeBack)));
    return superseded;
  }

  /** Like {@link #takeBackAll}, but the connection is open and only updates of that age are taken back. */
  List<Publication> takeBackOverdue(long age, long now) {
    List<Publication> superseded = new ArrayList<>();
    while (!unconfirmed.isEmpty() && oldestAge(now) >= age) {
      superseded.addAll(change(unconfirmed.first(), agent -> agent.takeBackOverdue(age, now)));
    }
    return superseded;
  }

  /** Expects no more relays of overdue updates of that age. */
  void forgetOverdue(long age, long now) {
    while (!overdue.isEmpty() && now - overdue.first().oldestOverdueAt() >= age) {
      change(overdue.first(), agent -> {
        agent.forgetOverdue(age, now);
        return agent;
      });
    }
  }

  /** Removes and returns all updates. */
  List<Publication> drain() {
    List<Publication> all = new ArrayList<>();
    for (AgentQueue agent : List.copyOf(agents.values())) {
      all.addAll(change(agent, AgentQueue::drain));
    }
    return all;
  }

  /** Returns whether an update waits, whether or not its agent may send now. */
  boolean hasWaiting() {
    return !required.isEmpty() || !latest.isEmpty();
  }

  boolean hasUnconfirmed() {
    return !unconfirmed.isEmpty();
  }

  /** Returns whether an overdue update may still be relayed. */
  boolean hasOverdue() {
    return !overdue.isEmpty();
  }

  boolean isEmpty() {
    return !hasWaiting() && !hasUnconfirmed();
  }

  private AgentQueue agent(Publication publication) {
    return agents.computeIfAbsent(publication.lane(), lane -> {
      AgentQueue agent = newAgent.apply(lane);
      groups.add(agent, publication);
      return agent;
    });
  }

  /** Runs a change that may affect what is unconfirmed or overdue, and therefore the order of these sets. */
  private <T> T change(AgentQueue agent, Function<AgentQueue, T> change) {
    if (agent.hasSent()) {
      unconfirmed.remove(agent);
    }
    if (agent.hasOverdue()) {
      overdue.remove(agent);
    }
    T result = change.apply(agent);
    if (agent.hasSent()) {
      unconfirmed.add(agent);
    }
    if (agent.hasOverdue()) {
      overdue.add(agent);
    }
    update(agent);
    return result;
  }

  private void update(AgentQueue agent) {
    boolean rests = overHttp && resting.containsKey(agent);
    // A post must not overtake what was sent over the WebSocket, nor the other way round.
    boolean maySend = !posting.contains(agent) && !(overHttp && agent.hasSent());
    required.update(agent, agent.hasRequired(), maySend);
    latest.update(agent, agent.hasLatest(), maySend && !rests);
    groups.update(agent);
    if (agent.isEmpty() && !posting.contains(agent) && !resting.containsKey(agent)) {
      agents.remove(agent.lane());
      groups.remove(agent);
    }
  }

  private static NavigableSet<AgentQueue> byTime(ToLongFunction<AgentQueue> time) {
    // Readings of a monotonic clock may overflow: only differences mean anything.
    Comparator<AgentQueue> order = (a, b) -> Long.signum(time.applyAsLong(a) - time.applyAsLong(b));
    return new TreeSet<>(order.thenComparing(AgentQueue::lane));
  }
}
