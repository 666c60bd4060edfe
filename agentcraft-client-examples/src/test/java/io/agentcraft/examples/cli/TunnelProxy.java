package io.agentcraft.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that opens a tunnel to one port of this machine, whatever host it is asked for. It answers what is not a tunnel
 * with 501, as proxies do that know no WebSockets.
 */
final class TunnelProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final String credentials;
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * Starts a proxy.
   *
   * @param target the port that its tunnels lead to
   * @param credentials what clients have to send in {@code Proxy-Authorization}; empty for nothing
   */
  TunnelProxy(int target, String credentials) {
    this.target = target;
    this.credentials = credentials;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    start(this::accept);
  }

  /** Returns host and port. */
  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Returns the first line of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try {
      while (true) {
        String head = head(client.getInputStream());
        requests.add(head.lines().findFirst().orElse(""));
        if (!head.startsWith("CONNECT ")) {
          answer(client, "501 Not Implemented");
        } else if (!credentials.isEmpty()
            && !head.contains("Proxy-Authorization: " + credentials + "\r\n")) {
          answer(client, "407 Who Are You", "Proxy-Authenticate: Basic realm=\"proxy\"");
        } else {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(server);
          client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          start(() -> pump(server, client));
          pump(client, server);
          return;
        }
      }
    } catch (IOException gone) {
      closeQuietly(client);
    }
  }

  private static void answer(Socket client, String status, String... headers) throws IOException {
    String lines = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n"
        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
    client.getOutputStream().write((lines + "\r\n").getBytes(UTF_8));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException broken) {
      // The end of one direction is the end of both.
    }
    closeQuietly(from);
    closeQuietly(to);
  }

  @Override
  public void close() {
    closeQuietly(listening);
    open.forEach(TunnelProxy::closeQuietly);
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is closed all the same.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tunnel-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
