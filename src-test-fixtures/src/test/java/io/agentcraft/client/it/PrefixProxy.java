package io.agentcraft.client.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.agentcraft.testing.ReferenceServer;
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
 * A reverse proxy of two servers at one address: requests below a prefix go to one of them, without the prefix, and all others
 * to the other. Only the first request of each connection is looked at.
 */
final class PrefixProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final String prefix;
  private final ReferenceServer below;
  private final ReferenceServer other;

  PrefixProxy(String prefix, ReferenceServer below, ReferenceServer other) {
    this.prefix = prefix;
    this.below = below;
    this.other = other;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    start(this::accept);
  }

  String url(String path) {
    return "ws://127.0.0.1:" + listening.getLocalPort() + path;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      String head = head(client.getInputStream());
      boolean isBelow = head.contains(" " + prefix + "/");
      Socket server =
          new Socket(InetAddress.getLoopbackAddress(), isBelow ? below.port() : other.port());
      open.add(server);
      server
          .getOutputStream()
          .write(head.replaceFirst(" " + prefix + "/", " /").getBytes(ISO_8859_1));
      start(() -> pump(server, client));
      pump(client, server);
    } catch (IOException refused) {
      closeQuietly(client);
    }
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
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException broken) {
      // The end of one direction is the end of both.
    }
    closeQuietly(from);
    closeQuietly(to);
  }

  @Override
  public void close() {
    closeQuietly(listening);
    open.forEach(PrefixProxy::closeQuietly);
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is closed all the same.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "prefix-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
