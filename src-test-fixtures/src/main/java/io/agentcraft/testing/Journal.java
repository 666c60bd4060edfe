package io.agentcraft.testing;

import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Everything that the server saw of its clients, and the means to wait for more. Safe to use from any thread. */
final class Journal {

  /**
   * The end of a connection, which is waited for separately from its beginning.
   *
   * @param chars how much of the connection is kept
   */
  record End(ClientConnection connection, long chars) {}

  /** A session as clients saw it after a change. */
  record SessionSeen(SessionChange.Kind kind, SessionView now) {}

  /**
   * What clients saw.
   *
   * @param state an {@link AgentView} or a {@link SessionSeen}
   * @param chars the length of the frame that showed it
   */
  private record Seen(Object state, int chars) {

    /** Describes it for people. */
    @Override
    public String toString() {
      if (state instanceof AgentView agent) {
        return agent.displayName() + " " + agent.statusText() + " " + agent.progress() + " %"
            + (agent.message().isEmpty() ? "" : " " + agent.message())
            + (agent.sessionId() == null ? "" : ", in the session " + agent.sessionId());
      }
      SessionSeen session = (SessionSeen) state;
      String query = session.now().query();
      return session.now().sessionId() + " " + session.kind()
          + (query.isEmpty() ? "" : ", \"" + query + "\"");
    }
  }

  /** The newest ones of a kind: so many of them, with so much text, that a server can run for weeks. */
  private static final class Newest<T> {

    private final Deque<T> kept = new ArrayDeque<>();
    private final int most;
    private final ToLongFunction<T> length;
    private final Consumer<T> onForgotten;
    private long chars;

    Newest(int most, ToLongFunction<T> length, Consumer<T> onForgotten) {
      this.most = most;
      this.length = length;
      this.onForgotten = onForgotten;
    }

    void add(T one) {
      kept.add(one);
      chars += length.applyAsLong(one);
      while (kept.size() > most || (chars > MAX_CHARS && kept.size() > 1)) {
        T oldest = kept.remove();
        chars -= length.applyAsLong(oldest);
        onForgotten.accept(oldest);
      }
    }
  }

  private static final int MAX_FRAMES = 100_000;

  static final int MAX_ENDS = 10_000;

  private static final int MAX_SEEN = 10_000;

  /** How much text is kept of each kind: clients decide how long theirs is. */
  static final long MAX_CHARS = 64_000_000;

  private static final int REPORTED = 10;

  private final InstantSource clock;
  private final Object lock = new Object();

  // Guarded by the lock, which is never held over I/O.
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Newest<ReceivedFrame> frames =
      new Newest<>(MAX_FRAMES, frame -> frame.text().length(), taken::remove);
  private final Newest<End> ends = new Newest<>(MAX_ENDS, End::chars, this::forget);
  private final Newest<Seen> seen =
      new Newest<>(MAX_SEEN, Seen::chars, one -> taken.remove(one.state()));
  private long dropped;

  Journal(InstantSource clock) {
    this.clock = clock;
  }

  void opened(ClientConnection connection) {
    synchronized (lock) {
      connections.add(connection);
      lock.notifyAll();
    }
  }

  void received(
      ClientConnection connection,
      String text,
      @Nullable ClientMessage message,
      boolean isDropped) {
    synchronized (lock) {
      if (!connections.contains(connection)) {
        return;
      }
      frames.add(new ReceivedFrame(connection, text, message, clock.instant(), isDropped));
      dropped += isDropped ? 1 : 0;
      lock.notifyAll();
    }
  }

  void closed(ClientConnection connection) {
    synchronized (lock) {
      if (connections.contains(connection)) {
        ends.add(new End(connection, chars(connection)));
      }
      lock.notifyAll();
    }
  }

  /**
   * Notes what clients have seen.
   *
   * @param state an {@link AgentView} or a {@link SessionSeen}
   * @param chars the length of the frame that showed it
   */
  void seen(Object state, int chars) {
    synchronized (lock) {
      seen.add(new Seen(state, chars));
      lock.notifyAll();
    }
  }

  private void forget(End end) {
    connections.remove(end.connection());
    taken.remove(end);
    taken.remove(end.connection());
  }

  private static long chars(ClientConnection connection) {
    long chars = connection.path().length();
    for (Map.Entry<String, List<String>> header : connection.headers().entrySet()) {
      chars += header.getKey().length();
      chars += header.getValue().stream().mapToLong(String::length).sum();
    }
    return chars;
  }

  List<ClientConnection> all() {
    synchronized (lock) {
      return List.copyOf(connections);
    }
  }

  List<ClientConnection> open() {
    return all().stream().filter(ClientConnection::isOpen).toList();
  }

  List<End> ends() {
    synchronized (lock) {
      return List.copyOf(ends.kept);
    }
  }

  List<ReceivedFrame> frames() {
    synchronized (lock) {
      return List.copyOf(frames.kept);
    }
  }

  /** Returns the agents, or the sessions, that clients have seen, as they were after each change. */
  <S> List<S> seen(Class<S> type) {
    synchronized (lock) {
      return seen.kept.stream()
          .map(Seen::state)
          .filter(type::isInstance)
          .<S>map(type::cast)
          .toList();
    }
  }

  private List<Seen> seen() {
    synchronized (lock) {
      return List.copyOf(seen.kept);
    }
  }

  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /** Returns those of the candidates that no earlier wait returned. */
  <T> List<T> untaken(List<T> candidates) {
    synchronized (lock) {
      return candidates.stream().filter(one -> !taken.contains(one)).toList();
    }
  }

  void take(List<?> some) {
    synchronized (lock) {
      taken.addAll(some);
    }
  }

  /** Waits until the probe returns something. */
  <T> T await(Duration timeout, String what, Function<Journal, @Nullable T> probe) {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (lock) {
      while (true) {
        T found = probe.apply(this);
        if (found != null) {
          return found;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError(timeoutReport(what, timeout));
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(
              "Interrupted while waiting for " + what + ".", interrupted);
        }
      }
    }
  }

  private String timeoutReport(String what, Duration timeout) {
    String waited = "Waited " + timeout.toMillis() / 1000.0 + " s in vain for " + what + ".";
    List<ClientConnection> all = all();
    List<Seen> changes = seen();
    String report = waited;
    if (all.isEmpty()) {
      report += " No client has ever connected.";
    } else {
      report += "\nConnections (" + all.size() + " so far):" + last(all);
      report += "\nFrames received (" + frames().size() + "):" + last(frames());
    }
    if (!changes.isEmpty()) {
      report += "\nAgents and sessions as clients saw them (" + changes.size() + " changes):"
          + last(changes);
    }
    return report;
  }

  private static String last(List<?> all) {
    StringBuilder lines = new StringBuilder();
    all.subList(Math.max(0, all.size() - REPORTED), all.size())
        .forEach(one -> lines.append("\n  ").append(one));
    return lines.toString();
  }
}
