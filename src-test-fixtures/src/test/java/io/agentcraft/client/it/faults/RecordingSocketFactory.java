package io.agentcraft.client.it.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** Creates a client's TCP sockets and records them, so that none can be left open unnoticed. */
final class RecordingSocketFactory extends SocketFactory {

  private final List<Socket> created = new CopyOnWriteArrayList<>();

  int count() {
    return created.size();
  }

  boolean areClosed() {
    return created.stream().allMatch(Socket::isClosed);
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    // For speed only: OkHttp itself does not disable Nagle's algorithm.
    socket.setTcpNoDelay(true);
    created.add(socket);
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
