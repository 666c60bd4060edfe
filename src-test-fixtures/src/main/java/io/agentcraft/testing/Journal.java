package io.agentcraft.testing;

import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.SessionChange;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that the server saw of its clients, and the means to wait for more. Safe to use from any thread. */
final class Journal {

  /**
   * The end of a connection, which is waited for separately from its beginning.
   *
   * @param chars how much of the connection is kept
   */
  record End(ClientConnection connection, long chars) {}

  /**
   * A change of an agent or a session that clients were told.
   *
   * @param change an {@link AgentChange} or a {@link SessionChange}
   * @param chars the length of the frame that told it
   */
  private record Seen(Object change, int chars) {

    /** Describes it for people. */
    @Override
    public String toString() {
      if (change instanceof AgentChange agent) {
        AgentView now = agent.now();
        return now.displayName() + " " + now.statusText() + " " + now.progress() + " %"
            + (now.message().isEmpty() ? "" : " " + now.message())
            + (now.sessionId() == null ? "" : ", in the session " + now.sessionId());
      }
      SessionChange session = (SessionChange) change;
      return session.now().sessionId() + " " + session.kind()
          + (session.now().query().isEmpty() ? "" : ", \"" + session.now().query() + "\"");
    }
  }

  private static final int MAX_FRAMES = 100_000;

  /** How many closed connections are kept: a server that runs for weeks would run out of memory otherwise. */
  static final int MAX_ENDS = 10_000;

  /** How much text is kept of frames, and how much of closed connections: clients decide how long theirs are. */
  static final long MAX_CHARS = 64_000_000;

  private static final int REPORTED = 10;

  private final InstantSource clock;
  private final Object lock = new Object();

  // Guarded by the lock, which is never held over I/O.
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final Deque<ReceivedFrame> frames = new ArrayDeque<>();
  private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<End> ends = new ArrayDeque<>();
  private final Deque<Seen> changes = new ArrayDeque<>();
  private long frameChars;
  private long changeChars;
  private long endChars;
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
      frameChars += text.length();
      forgetOldestFrames();
      dropped += isDropped ? 1 : 0;
      lock.notifyAll();
    }
  }

  void closed(ClientConnection connection) {
    synchronized (lock) {
      if (connections.contains(connection)) {
        End end = new End(connection, chars(connection));
        ends.add(end);
        endChars += end.chars();
        forgetOldestEnds();
      }
      lock.notifyAll();
    }
  }

  void changed(Object change, int chars) {
    synchronized (lock) {
      changes.add(new Seen(change, chars));
      changeChars += chars;
      while (changes.size() > MAX_FRAMES || (changeChars > MAX_CHARS && changes.size() > 1)) {
        Seen oldest = changes.remove();
        changeChars -= oldest.chars();
        taken.remove(oldest.change());
      }
      lock.notifyAll();
    }
  }

  private void forgetOldestFrames() {
    while (frames.size() > MAX_FRAMES || (frameChars > MAX_CHARS && frames.size() > 1)) {
      ReceivedFrame oldest = frames.remove();
      frameChars -= oldest.text().length();
      taken.remove(oldest);
    }
  }

  private void forgetOldestEnds() {
    while (ends.size() > MAX_ENDS || (endChars > MAX_CHARS && ends.size() > 1)) {
      End oldest = ends.remove();
      endChars -= oldest.chars();
      connections.remove(oldest.connection());
      taken.remove(oldest);
      taken.remove(oldest.connection());
    }
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
      return List.copyOf(ends);
    }
  }

  List<ReceivedFrame> frames() {
    synchronized (lock) {
      return List.copyOf(frames);
    }
  }

  /** Returns the changes of one type that clients were told. */
  <C> List<C> changes(Class<C> type) {
    synchronized (lock) {
      return changes.stream()
          .map(Seen::change)
          .filter(type::isInstance)
          .<C>map(type::cast)
          .toList();
    }
  }

  private List<Seen> changes() {
    synchronized (lock) {
      return List.copyOf(changes);
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
    List<Seen> seen = changes();
    return waited
        + (all.isEmpty()
            ? " No client has ever connected."
            : "\nConnections (" + all.size() + " so far):" + last(all) + "\nFrames received ("
                + frames().size() + "):" + last(frames()))
        + (seen.isEmpty()
            ? ""
            : "\nAgents and sessions as clients saw them (" + seen.size() + " changes):"
                + last(seen));
  }

  private static String last(List<?> all) {
    StringBuilder lines = new StringBuilder();
    all.subList(Math.max(0, all.size() - REPORTED), all.size())
        .forEach(one -> lines.append("\n  ").append(one));
    return lines.toString();
  }
}
