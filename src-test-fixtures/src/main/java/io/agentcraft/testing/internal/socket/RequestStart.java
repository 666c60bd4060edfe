package io.agentcraft.testing.internal.socket;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Fails on connections that do not start with a request. The web server ignores an I/O error, but warns about a connection
 * without a request; on TLS it prints a stack trace and leaves the client waiting.
 */
final class RequestStart extends FilterInputStream {

  /** The first byte of a TLS handshake; no HTTP request starts with it. */
  private static final int TLS_HANDSHAKE = 0x16;

  private final Closeable socket;
  // Confined to the one thread that reads a connection.
  private boolean begun;

  /** Reads from a socket, which it closes before it fails: the web server does not close it after an error. */
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
                : "The client uses TLS, but this server was started without it.");
      }
    }
    return count;
  }
}
