package io.agentcraft.client.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import okio.ByteString;

/** Gives the enqueued answers, byte for byte; then it accepts every handshake, and sends nothing else. */
final class RawServer implements AutoCloseable {

  private static final String KEY = "sec-websocket-key:";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listening;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();

  /** Writes what answers a request. */
  @FunctionalInterface
  interface Answer {
    void write(String key, OutputStream out) throws IOException;
  }

  RawServer() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    start(this::accept);
  }

  String url() {
    return "ws://127.0.0.1:" + listening.getLocalPort() + "/raw";
  }

  /** Enqueues an answer. */
  void answer(Answer answer) {
    answers.add(answer);
  }

  /** Returns how many requests were received. */
  int requests() {
    return requests.get();
  }

  /** Writes the answer that accepts a handshake, with further headers. */
  static void acceptHandshake(String key, OutputStream out, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n")
        .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
        .append("Sec-WebSocket-Accept: ")
        .append(accept(key))
        .append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(UTF_8));
    out.flush();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The server was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        requests.incrementAndGet();
        String key = key(head);
        Answer answer = answers.poll();
        if (answer != null) {
          answer.write(key, out);
        } else {
          acceptHandshake(key, out);
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException gone) {
      // The client has disconnected, or the server was closed.
    }
  }

  /** Reads a request; empty at the end of the stream. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int one = in.read(); one != -1; one = in.read()) {
      head.write(one);
      if (one == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  private static String accept(String key) {
    return ByteString.encodeUtf8(key + MAGIC).sha1().base64();
  }

  private static String key(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(KEY))
        .map(line -> line.substring(KEY.length()).trim())
        .findFirst()
        .orElse("");
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
