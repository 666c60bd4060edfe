package io.agentcraft.testing;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Waits, with a timeout, for what clients do. After the timeout the {@link AssertionError} says what was waited for, what was
 * received instead and who is connected.
 *
 * <p>A wait also finds what happened before it, and every connection, frame, change and disconnect is returned only once: waiting
 * twice for a {@code pong} waits for two of them. Safe to use from any thread.
 */
public final class Waits {

  private final Journal journal;
  private final Duration timeout;

  Waits(Journal journal, Duration timeout) {
    this.journal = journal;
    this.timeout = timeout;
  }

  /**
   * Waits for a connection that no earlier wait returned.
   *
   * @return the first such connection; it may have ended already
   * @throws AssertionError if there is none before the timeout
   */
  public ClientConnection connection() {
    return next("a new connection", 1, Journal::all, any -> true).get(0);
  }

  /**
   * Waits until exactly this many connections are open.
   *
   * @param count how many; zero waits until no client is connected
   * @return the connections in the order in which they were opened
   * @throws AssertionError if the timeout elapses first
   */
  public List<ClientConnection> connections(int count) {
    return journal.await(timeout, count + " open connections at once", seen -> {
      List<ClientConnection> open = seen.open();
      if (open.size() != count) {
        return null;
      }
      seen.take(open);
      return open;
    });
  }

  /**
   * Waits for the end of a connection that no earlier wait returned.
   *
   * @return the connection that ended first
   * @throws AssertionError if none ends before the timeout
   */
  public ClientConnection disconnect() {
    return next("a connection to end", 1, Journal::ends, any -> true).get(0).connection();
  }

  /**
   * Waits for the next frame of a type. Frames that were dropped because of the rate limit don't count.
   *
   * @param type the type on the wire, such as {@code get_session_state}
   * @return the frame
   * @throws AssertionError if none is received before the timeout
   */
  public ReceivedFrame frame(String type) {
    return frames(type, 1).get(0);
  }

  /**
   * Waits for the next frame of a type and returns it decoded.
   *
   * @param type the message class
   * @param <M> the message class
   * @return the message
   * @throws AssertionError if none is received before the timeout
   */
  public <M extends ClientMessage> M frame(Class<M> type) {
    ReceivedFrame frame =
        frame("a " + type.getSimpleName(), one -> !one.dropped() && type.isInstance(one.message()));
    return type.cast(Objects.requireNonNull(frame.message()));
  }

  /**
   * Waits for the next frame that satisfies a condition.
   *
   * @param what names it in the error
   * @param condition the condition; also tested on frames that can't be decoded or were dropped
   * @return the frame
   * @throws AssertionError if none is received before the timeout
   */
  public ReceivedFrame frame(String what, Predicate<ReceivedFrame> condition) {
    return frames(what, 1, condition).get(0);
  }

  /**
   * Waits for several frames of a type.
   *
   * @param type the type on the wire
   * @param count how many
   * @return the next frames of this type
   * @throws AssertionError if they are not received before the timeout
   */
  public List<ReceivedFrame> frames(String type, int count) {
    return frames(
        count == 1 ? "a frame of type " + type : count + " frames of type " + type,
        count,
        frame -> !frame.dropped() && frame.isType(type));
  }

  /**
   * Waits until clients have seen an agent in a status, whichever frames told them: what a person at a dashboard would have
   * seen. Statuses that the publisher left out in favor of newer ones cannot be waited for.
   *
   * @param agent the agent's name or id
   * @param status the status
   * @return the agent as it was then. Every change of an agent is returned only once
   * @throws AssertionError if the agent is not seen in this status before the timeout
   */
  public AgentView agent(String agent, AgentStatus status) {
    return seen(
        AgentView.class,
        "the agent \"" + agent + "\" to be seen " + status,
        now -> now.status() == status && (now.name().equals(agent) || now.id().equals(agent)));
  }

  /**
   * Waits until clients have seen a change of a session, whichever frames told them; for its end, use {@code COMPLETED} or
   * {@code FAILED}.
   *
   * @param session the session's id or query
   * @param kind what changed
   * @return the session as it was then. Every change of a session is returned only once
   * @throws AssertionError if there is no such change before the timeout
   */
  public SessionView session(String session, SessionChange.Kind kind) {
    return seen(
            Journal.SessionSeen.class,
            "the session \"" + session + "\" to be seen " + kind,
            seen -> seen.kind() == kind
                && (seen.now().sessionId().equals(session) || seen.now().query().equals(session)))
        .now();
  }

  private <S> S seen(Class<S> type, String what, Predicate<S> condition) {
    return next(what, 1, journal -> journal.seen(type), condition).get(0);
  }

  private List<ReceivedFrame> frames(String what, int count, Predicate<ReceivedFrame> condition) {
    return next(what, count, Journal::frames, condition);
  }

  /** Waits for the first ones that satisfy a condition and that no earlier wait returned. */
  private <T> List<T> next(
      String what, int count, Function<Journal, List<T>> all, Predicate<T> condition) {
    return journal.await(timeout, what, seen -> {
      List<T> fresh =
          seen.untaken(all.apply(seen)).stream().filter(condition).limit(count).toList();
      if (fresh.size() < count) {
        return null;
      }
      seen.take(fresh);
      return fresh;
    });
  }
}
