package io.agentcraft.testing.internal.socket;

import io.agentcraft.client.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Creates server sockets and keeps track of their connections, numbered from 0 in the order in which they are accepted. */
public final class TrackedSockets extends ServerSocketFactory {

  /** Creates TLS above a connection that was accepted. */
  @FunctionalInterface
  public interface Encryption {

    Socket above(Socket tcp) throws IOException;
  }

  // MockWebServer asks for 50, with which a thousand clients that connect at once have to
  // retransmit.
  private static final int BACKLOG = 1_024;

  private final Scheduler scheduler;
  private final @Nullable Encryption encryption;
  private final WaitingSockets waiting;
  private final Map<Integer, HttpSocket> open = new ConcurrentHashMap<>();
  private final List<ReopenableServerSocket> ports = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * Creates the factory.
   *
   * @param scheduler slow sockets use its time
   * @param encryption null for none
   * @param mostWaiting how many connections may wait for their client
   * @param waitLimit how long they may, in real time
   */
  public TrackedSockets(
      Scheduler scheduler, @Nullable Encryption encryption, int mostWaiting, Duration waitLimit) {
    this.scheduler = scheduler;
    this.encryption = encryption;
    waiting = new WaitingSockets(mostWaiting, waitLimit);
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

  public @Nullable HttpSocket find(int number) {
    return open.get(number);
  }

  public List<HttpSocket> open() {
    return List.copyOf(open.values());
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    ReopenableServerSocket port = new ReopenableServerSocket(this, BACKLOG);
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

  WaitingSockets waiting() {
    return waiting;
  }

  /** Returns a socket for the next connection. */
  TrackedSocket next() {
    return new TrackedSocket(scheduler, this);
  }

  /** Returns what the web server sees of a connection that was accepted. */
  HttpSocket accepted(TrackedSocket tcp) throws IOException {
    Socket stream = encryption == null ? tcp : encryption.above(tcp);
    HttpSocket socket = new HttpSocket(tcp, stream);
    int number = accepted.getAndIncrement();
    open.put(number, socket);
    tcp.accepted(() -> open.remove(number));
    return socket;
  }
}
