package io.agentcraft.examples.bench.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A WebSocket server on plain sockets, that does as little as possible: it must never be what is measured. */
public final class FrameServer implements AutoCloseable {

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int BLOCK_BYTES = 256 << 10;

  private final ServerSocket socket;
  private final Handler handler;

  /** What becomes of an open connection, on a thread of its own. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Serves a client to its end.
     *
     * @param peer the connection
     * @throws IOException if it is over
     */
    void handle(Peer peer) throws IOException;
  }

  /**
   * Starts a server on a free loopback port.
   *
   * @param handler serves each client
   * @throws IOException if there is no port
   */
  public FrameServer(Handler handler) throws IOException {
    this.handler = handler;
    socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /**
   * A server that sends the same frames over and over, as fast as they are taken.
   *
   * @param frames their texts
   * @param written counts them
   * @return the running server
   * @throws IOException if there is no port
   */
  static FrameServer blaster(List<String> frames, AtomicLong written) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    int count = 0;
    while (block.size() < BLOCK_BYTES) {
      for (String frame : frames) {
        block.writeBytes(Peer.frame(frame));
        count++;
      }
    }
    byte[] bytes = block.toByteArray();
    long perBlock = count;
    return new FrameServer(peer -> {
      while (true) {
        peer.send(bytes);
        written.addAndGet(perBlock);
      }
    });
  }

  /**
   * A server that says nothing.
   *
   * @return the running server
   * @throws IOException if there is no port
   */
  public static FrameServer quiet() throws IOException {
    return new FrameServer(FrameServer::drain);
  }

  /**
   * Reads whatever the client sends.
   *
   * @param peer the connection
   * @throws IOException at its end
   */
  public static void drain(Peer peer) throws IOException {
    while (true) {
      peer.readFrame();
    }
  }

  /**
   * Returns where it is.
   *
   * @return the address with a path, for clients that do not look for one
   */
  public String url() {
    return "ws://127.0.0.1:" + socket.getLocalPort() + "/ws/agent-tracking";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "bench-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = socket.accept();
        daemon(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      Peer peer = new Peer(client);
      shakeHands(peer);
      handler.handle(peer);
    } catch (IOException over) {
      // The client has gone: its measurement is over.
    }
  }

  private static void shakeHands(Peer peer) throws IOException {
    String key = "";
    for (String line = headerLine(peer); !line.isEmpty(); line = headerLine(peer)) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).trim();
      }
    }
    peer.send(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
  }

  private static String headerLine(Peer peer) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = peer.in().readUnsignedByte();
        next != '\n';
        next = peer.in().readUnsignedByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1")
          .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
