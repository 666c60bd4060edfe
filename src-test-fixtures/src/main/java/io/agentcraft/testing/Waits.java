package io.agentcraft.testing;

import io.agentcraft.client.message.ClientMessage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Waits for what clients do, for so long and no longer. When it didn't happen in time, the {@link AssertionError} says
 * what was waited for, what was seen instead and who is connected.
 *
 * <p>A wait also finds what happened before it began, and every connection, frame and disconnect is returned once only:
 * waiting twice for a {@code pong} waits for two of them. Safe to use from any thread.
 */
public final class Waits {

  private final Journal journal;
  private final Duration patience;

  Waits(Journal journal, Duration patience) {
    this.journal = journal;
    this.patience = patience;
  }

  /**
   * Waits for a connection that no earlier wait returned.
   *
   * @return the first such connection; it may be over already
   * @throws AssertionError if there was none in time
   */
  public ClientConnection connection() {
    return journal.await(patience, "a new connection", seen -> {
      List<ClientConnection> fresh = seen.untaken(seen.all());
      if (fresh.isEmpty()) {
        return null;
      }
      seen.take(fresh.subList(0, 1));
      return fresh.get(0);
    });
  }

  /**
   * Waits until so many connections are open at once, no more and no less.
   *
   * @param count how many; zero: until nobody is connected
   * @return the connections in the order they were opened
   * @throws AssertionError if it didn't come to that in time
   */
  public List<ClientConnection> connections(int count) {
    return journal.await(patience, count + " open connections at once", seen -> {
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
   * @throws AssertionError if none ended in time
   */
  public ClientConnection disconnect() {
    return journal.await(patience, "a connection to end", seen -> {
      List<Journal.End> fresh = seen.untaken(seen.ends());
      if (fresh.isEmpty()) {
        return null;
      }
      seen.take(fresh.subList(0, 1));
      return fresh.get(0).connection();
    });
  }

  /**
   * Waits for the next frame of a type. Frames that the frame budget made the server drop don't count.
   *
   * @param type the type on the wire, such as {@code get_session_state}
   * @return the frame
   * @throws AssertionError if none came in time
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
   * @throws AssertionError if none came in time
   */
  public <M extends ClientMessage> M frame(Class<M> type) {
    ReceivedFrame frame =
        frame("a " + type.getSimpleName(), one -> !one.dropped() && type.isInstance(one.message()));
    return type.cast(Objects.requireNonNull(frame.message()));
  }

  /**
   * Waits for the next frame that a condition holds for.
   *
   * @param what names it in the error
   * @param condition the condition; also asked about frames that can't be decoded or were dropped
   * @return the frame
   * @throws AssertionError if none came in time
   */
  public ReceivedFrame frame(String what, Predicate<ReceivedFrame> condition) {
    return frames(what, 1, condition).get(0);
  }

  /**
   * Waits for several frames of a type.
   *
   * @param type the type on the wire
   * @param count how many
   * @return the next so many frames of this type
   * @throws AssertionError if they didn't come in time
   */
  public List<ReceivedFrame> frames(String type, int count) {
    return frames(
        count == 1 ? "a frame of type " + type : count + " frames of type " + type,
        count,
        frame -> !frame.dropped() && frame.isType(type));
  }

  private List<ReceivedFrame> frames(String what, int count, Predicate<ReceivedFrame> condition) {
    return journal.await(patience, what, seen -> {
      List<ReceivedFrame> fresh =
          seen.untaken(seen.frames()).stream().filter(condition).limit(count).toList();
      if (fresh.size() < count) {
        return null;
      }
      seen.take(fresh);
      return fresh;
    });
  }
}
