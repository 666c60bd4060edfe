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

/** Answers each handshake with what it is told to, byte for byte; when that is used up it lets everyone in, and is silent. */
final class RawServer implements AutoCloseable {

  /** The name of the header that a handshake's key comes in. */
  private static final String KEY = "sec-websocket-key:";

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

  /** Lets the next handshake that has no answer yet be answered like this. */
  void answer(Answer answer) {
    answers.add(answer);
  }

  /** Returns how many requests came. */
  int requests() {
    return requests.get();
  }

  /** Writes the answer that lets a client in, with further headers. */
  static void letIn(String key, OutputStream out, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n")
        .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
        .append("Sec-WebSocket-Accept: ")
        .append(MuteServer.accept(key))
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
      // That is how it ends.
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
          letIn(key, out);
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException gone) {
      // The client, or the server's end.
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
