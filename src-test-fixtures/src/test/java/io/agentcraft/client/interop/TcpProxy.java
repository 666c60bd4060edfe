package io.agentcraft.client.interop;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that records what client and server send, and can make connections half-open. */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();

  TcpProxy(RealServer server) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    target = server.port();
    daemon(this::accept);
  }

  String url() {
    return "ws://127.0.0.1:" + listening.getLocalPort();
  }

  /** Returns the connections, in the order in which they were opened. */
  List<Pair> connections() {
    return List.copyOf(pairs);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Pair pair : pairs) {
      pair.client.close();
      pair.server.close();
    }
  }

  /** One connection, in both directions. */
  static final class Pair {

    private final Socket client;
    private final Socket server;
    private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
    private volatile boolean halfOpen;

    private Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** Forwards nothing any more, not even the end of the stream: neither side can notice. */
    void goHalfOpen() {
      halfOpen = true;
    }

    /** Lets only the server notice that the connection has ended. */
    void tellServer() throws IOException {
      server.close();
    }

    /** Returns the handshake of the client. */
    String request() {
      return WireFrames.head(fromClient.toByteArray());
    }

    /** Returns the answer to the handshake. */
    String response() {
      return WireFrames.head(fromServer.toByteArray());
    }

    List<WireFrames.Frame> clientFrames() {
      return WireFrames.of(fromClient.toByteArray());
    }

    List<WireFrames.Frame> serverFrames() {
      return WireFrames.of(fromServer.toByteArray());
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        connect(client);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      Pair pair = new Pair(client, server);
      pairs.add(pair);
      daemon(() -> pump(pair, client, server, pair.fromClient));
      daemon(() -> pump(pair, server, client, pair.fromServer));
    } catch (IOException nobodyThere) {
      client.close();
    }
  }

  private static void pump(Pair pair, Socket from, Socket to, ByteArrayOutputStream copy) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!pair.halfOpen) {
          copy.write(buffer, 0, count);
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException broken) {
      // The end of one direction ends the other: see below.
    }
    if (!pair.halfOpen) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is closed already.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
