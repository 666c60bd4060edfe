package io.agentcraft.testing.internal.socket;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes before a first request, if anything does. The web server takes an I/O error as part of life, but warns of a
 * connection without a request, and may choke on TLS: it prints a stack trace and leaves the client waiting.
 */
final class RequestStart extends FilterInputStream {

  /** The first byte of a TLS handshake; no HTTP request begins with it. */
  private static final int TLS_HANDSHAKE = 0x16;

  private final Closeable socket;
  // Confined to the one thread that reads a connection.
  private boolean begun;

  /** Reads from a socket, which it closes on whoever has no request: the web server does not, after an error. */
  RequestStart(InputStream in, Closeable socket) {
    super(in);
    this.socket = socket;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (!begun && count != 0) {
      begun = true;
      if (count < 0 || bytes[offset] == TLS_HANDSHAKE) {
        socket.close();
        throw new IOException(
            count < 0
                ? "The connection ended before a request."
                : "The client speaks TLS, which this server was started without.");
      }
    }
    return count;
  }
}
