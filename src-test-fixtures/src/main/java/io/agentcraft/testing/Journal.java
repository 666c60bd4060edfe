package io.agentcraft.testing;

import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.testing.internal.protocol.Connection;
import io.agentcraft.testing.internal.protocol.Hub;
import io.agentcraft.testing.internal.time.Loop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that the server saw of its clients, and the means to wait for more. Any thread may ask. */
final class Journal implements Hub.Observer {

  /** The end of a connection: waited for apart from its beginning. */
  record End(Connection key, ClientConnection connection) {}

  private static final int FRAME_LIMIT = 100_000;

  /** Of connections that are over: a server that runs for weeks would be full of them. */
  static final int ENDS_LIMIT = 10_000;

  private final Loop loop;
  private final InstantSource clock;
  private final Object lock = new Object();

  // Guarded by the lock, which is never held over I/O.
  private final Map<Connection, ClientConnection> connections = new LinkedHashMap<>();
  private final List<ReceivedFrame> frames = new ArrayList<>();
  private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<End> ends = new ArrayDeque<>();
  private long dropped;

  Journal(Loop loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  @Override
  public void opened(Connection connection) {
    synchronized (lock) {
      connections.put(connection, new ClientConnection(connection, loop, this));
      lock.notifyAll();
    }
  }

  @Override
  public void received(
      Connection connection, String text, @Nullable ClientMessage message, boolean isDropped) {
    synchronized (lock) {
      ClientConnection from = connections.get(connection);
      if (from == null) {
        return;
      }
      if (frames.size() == FRAME_LIMIT) {
        taken.remove(frames.remove(0));
      }
      frames.add(new ReceivedFrame(from, text, message, clock.instant(), isDropped));
      dropped += isDropped ? 1 : 0;
      lock.notifyAll();
    }
  }

  @Override
  public void closed(Connection connection) {
    synchronized (lock) {
      ClientConnection known = connections.get(connection);
      if (known != null) {
        ends.add(new End(connection, known));
        forgetTheOldest();
      }
      lock.notifyAll();
    }
  }

  private void forgetTheOldest() {
    if (ends.size() > ENDS_LIMIT) {
      End oldest = ends.remove();
      connections.remove(oldest.key());
      taken.remove(oldest);
      taken.remove(oldest.connection());
    }
  }

  List<ClientConnection> all() {
    synchronized (lock) {
      return List.copyOf(connections.values());
    }
  }

  ClientConnection of(Connection connection) {
    synchronized (lock) {
      return Objects.requireNonNull(connections.get(connection));
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

  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /** Of these, the ones that no earlier wait returned. */
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

  /** Waits until the probe finds what it looks for. */
  <T> T await(Duration patience, String what, Function<Journal, @Nullable T> probe) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      while (true) {
        T found = probe.apply(this);
        if (found != null) {
          return found;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError(TimeoutReport.of(what, patience, this));
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
}
