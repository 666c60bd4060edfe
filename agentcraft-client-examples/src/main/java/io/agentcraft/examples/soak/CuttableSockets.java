package io.agentcraft.examples.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** Makes the sockets of an OkHttpClient, and cuts them from outside. */
final class CuttableSockets extends SocketFactory {

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Closes each open socket with a chance of one half.
   *
   * @param reset whether the server sees a reset instead of an end of stream
   * @return how many were closed
   */
  int cutHalf(Random random, boolean reset) {
    int cut = 0;
    for (Socket socket : Set.copyOf(open)) {
      if (random.nextBoolean()) {
        cut++;
        close(socket, reset);
      }
    }
    return cut;
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Tracked();
    open.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw onlyUnconnected();
  }

  private static void close(Socket socket, boolean reset) {
    try (socket) {
      socket.setSoLinger(reset, 0);
    } catch (IOException closedMeanwhile) {
      // That is what was wanted.
    }
  }

  private static UnsupportedOperationException onlyUnconnected() {
    return new UnsupportedOperationException("OkHttp asks for unconnected sockets only.");
  }

  private final class Tracked extends Socket {
    @Override
    public synchronized void close() throws IOException {
      open.remove(this);
      super.close();
    }
  }
}
