package io.agentcraft.testing.internal.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes server sockets whose connections stay within reach, numbered in the order they were accepted, from 0. */
public final class TrackedSockets extends ServerSocketFactory {

  // MockWebServer asks for 50: a thousand clients that connect at once would have to wait for
  // retransmits.
  private static final int BACKLOG = 1_024;

  private final Map<Integer, TrackedSocket> open = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();

  public @Nullable TrackedSocket find(int number) {
    return open.get(number);
  }

  public List<TrackedSocket> open() {
    return List.copyOf(open.values());
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new TrackingServerSocket();
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

  private final class TrackingServerSocket extends ServerSocket {

    TrackingServerSocket() throws IOException {}

    @Override
    public void bind(SocketAddress endpoint, int backlog) throws IOException {
      super.bind(endpoint, BACKLOG);
    }

    @Override
    public Socket accept() throws IOException {
      int number = accepted.get();
      TrackedSocket socket = new TrackedSocket(() -> open.remove(number));
      implAccept(socket);
      accepted.incrementAndGet();
      open.put(number, socket);
      return socket;
    }
  }
}
