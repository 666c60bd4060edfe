package io.agentcraft.client.it.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** Makes a client's TCP sockets and remembers them, so that none can be forgotten. */
final class ClientSockets extends SocketFactory {

  private final List<Socket> made = new CopyOnWriteArrayList<>();

  int made() {
    return made.size();
  }

  boolean areClosed() {
    return made.stream().allMatch(Socket::isClosed);
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    // Only for the sake of speed: OkHttp itself leaves small frames to Nagle's algorithm.
    socket.setTcpNoDelay(true);
    made.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("not used by OkHttp");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostName(), port);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket(address, port);
  }
}
