package io.agentcraft.examples.bench.socket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A WebSocket client that reads bytes and looks at none of them. */
final class PlainClient {

  private final Socket socket;
  private final InputStream in;
  private final AtomicLong bytes = new AtomicLong();

  private PlainClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1);
  }

  static PlainClient open(String url) throws IOException {
    URI uri = URI.create(url);
    PlainClient client = new PlainClient(new Socket(uri.getHost(), uri.getPort()));
    client
        .socket
        .getOutputStream()
        .write(("GET " + uri.getPath()
                + "/client_1_" + Long.toString(System.nanoTime(), 36)
                + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int next = client.in.read();
      if (next < 0) {
        throw new IOException("No handshake: " + head);
      }
      head += (char) next;
    }
    return client;
  }

  void drainInBackground() {
    FrameServer.daemon(() -> {
      byte[] buffer = new byte[64 << 10];
      try (socket) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          bytes.addAndGet(read);
        }
      } catch (IOException over) {
        // The server has gone: the measurement is over.
      }
    });
  }

  long bytes() {
    return bytes.get();
  }
}
