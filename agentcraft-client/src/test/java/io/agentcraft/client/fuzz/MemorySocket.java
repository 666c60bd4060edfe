package io.agentcraft.client.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Locale;
import okio.Buffer;
import okio.ByteString;

/** A connection to a server that is nowhere: it answers the handshake, sends given bytes, and ends the stream. */
final class MemorySocket extends Socket {

  private static final String KEY = "sec-websocket-key: ";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ByteString bytes;
  private final boolean compressed;
  private final ByteArrayOutputStream request = new ByteArrayOutputStream();
  private final Buffer toRead = new Buffer();
  private boolean answered;
  private volatile boolean closed;

  MemorySocket(ByteString bytes, boolean compressed) {
    this.bytes = bytes;
    this.compressed = compressed;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("OkHttp reads many bytes at once");
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        if (closed) {
          throw new IOException("closed");
        }
        answerOnce();
        return toRead.read(into, offset, count);
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int count) {
        if (!answered) {
          request.write(from, offset, count);
        }
      }
    };
  }

  private void answerOnce() {
    if (answered) {
      return;
    }
    answered = true;
    String head = request.toString(ISO_8859_1);
    int at = head.toLowerCase(Locale.ROOT).indexOf(KEY) + KEY.length();
    String key = head.substring(at, head.indexOf('\r', at));
    String accept = ByteString.encodeUtf8(key + MAGIC).sha1().base64();
    toRead
        .writeUtf8(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n")
        .writeUtf8("Sec-WebSocket-Accept: " + accept + "\r\n")
        .writeUtf8(compressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "")
        .writeUtf8("\r\n")
        .write(bytes);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public boolean isOutputShutdown() {
    return false;
  }

  @Override
  public void shutdownOutput() {}

  @Override
  public void shutdownInput() {}

  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public synchronized void close() {
    closed = true;
  }
}
