package io.agentcraft.testing.internal.socket;

import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Creates server sockets and keeps track of their connections, numbered from 0 in the order in which they are accepted. */
public final class TrackedSockets extends ServerSocketFactory {

  // MockWebServer asks for 50, with which a thousand clients that connect at once have to
  // retransmit.
  private static final int BACKLOG = 1_024;

  private final Scheduler scheduler;
  private final boolean encrypted;
  private final Map<Integer, TrackedSocket> open = new ConcurrentHashMap<>();
  private final List<ReopenableServerSocket> ports = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  /** Creates the factory; slow sockets use the scheduler's time. */
  public TrackedSockets(Scheduler scheduler, boolean encrypted) {
    this.scheduler = scheduler;
    this.encrypted = encrypted;
  }

  /** Closes the ports: connections are refused. Existing ones stay open. */
  public void refuse() {
    ports.forEach(ReopenableServerSocket::refuse);
  }

  /** Opens the same ports again. */
  public void listenAgain() {
    for (ReopenableServerSocket port : ports) {
      try {
        port.listenAgain();
      } catch (IOException taken) {
        throw new UncheckedIOException(
            "Port " + port.getLocalPort() + " was taken by another process while it was closed.",
            taken);
      }
    }
  }

  public @Nullable TrackedSocket find(int number) {
    return open.get(number);
  }

  public List<TrackedSocket> open() {
    return List.copyOf(open.values());
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    ReopenableServerSocket port = new ReopenableServerSocket(this::next, BACKLOG);
    ports.add(port);
    return port;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return createServerSocket(port, BACKLOG);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    ServerSocket socket = createServerSocket();
    socket.bind(new InetSocketAddress(address, port), backlog);
    return socket;
  }

  private TrackedSocket next() {
    return new TrackedSocket(scheduler, encrypted, this);
  }

  /** Returns the number of a socket that was accepted. */
  int opened(TrackedSocket socket) {
    int number = accepted.getAndIncrement();
    open.put(number, socket);
    return number;
  }

  void closed(int number) {
    open.remove(number);
  }
}
