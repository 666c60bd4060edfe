package io.agentcraft.testing.internal.socket;

import io.agentcraft.testing.internal.websocket.ServerWebSocket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the web server sees of a connection, decrypted: requests that are whole and well-formed, and no errors. After an error
 * it would leave the connection open and keep it in memory; after the end of the stream it does neither.
 */
public final class HttpSocket extends Socket implements ServerWebSocket.Wire {

  /**
   * Why a request is not even routed.
   *
   * @param status the status of the answer
   * @param why a sentence
   */
  public record Refusal(int status, String why) {}

  /** Stands for a request that the web server could not parse; {@link #refusal} says what to answer. */
  private static final byte[] SUBSTITUTE =
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] NOTHING = {};
  private static final int CHUNK = 8_192;

  private final TrackedSocket tcp;
  private final Socket stream;
  private final OutputStream answers = new Answers();
  private final Requests requests = new Requests();
  private volatile @Nullable Refusal refusal;
  private volatile boolean upgraded;
  private volatile boolean broken;

  /**
   * Creates the socket.
   *
   * @param stream the TCP socket, or TLS above it
   */
  HttpSocket(TrackedSocket tcp, Socket stream) {
    this.tcp = tcp;
    this.stream = stream;
  }

  /** Returns the connection below, with its faults. */
  public TrackedSocket tcp() {
    return tcp;
  }

  /** Returns why the current request has to be refused; null if it can be routed. */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /** The request has been read: from now on the client waits for the server. */
  public void answering() {
    tcp.clientIsDone();
  }

  /** The answer is known: from now on the client has to read it, and to send the next request. */
  public void answered() {
    tcp.awaitClient();
  }

  /** Called when the handshake is answered: there are no more requests, and a client may be silent for as long as it likes. */
  public void beginFrames() {
    upgraded = true;
    tcp.clientIsDone();
  }

  @Override
  public InputStream getInputStream() {
    return requests;
  }

  @Override
  public OutputStream getOutputStream() {
    return answers;
  }

  @Override
  public InputStream input() throws IOException {
    return requests.bytes();
  }

  @Override
  public OutputStream output() throws IOException {
    return stream.getOutputStream();
  }

  @Override
  public void endOutput() throws IOException {
    stream.shutdownOutput();
  }

  @Override
  public void end() {
    try {
      stream.close();
    } catch (IOException clientIsGone) {
      tcp.end();
    }
  }

  @Override
  public void limitTime() {
    tcp.awaitClient();
  }

  @Override
  public void awaitEnd() {
    tcp.awaitClosed();
  }

  // Not synchronized, as TrackedSocket.close.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    stream.close();
  }

  @Override
  public boolean isClosed() {
    return tcp.isClosed();
  }

  @Override
  public void shutdownInput() {
    // Nothing more is read, that is all.
  }

  @Override
  public void shutdownOutput() throws IOException {
    stream.shutdownOutput();
  }

  @Override
  public boolean isInputShutdown() {
    return tcp.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return tcp.isOutputShutdown();
  }

  @Override
  public InetAddress getInetAddress() {
    return tcp.getInetAddress();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return tcp.getRemoteSocketAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return tcp.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return tcp.getLocalPort();
  }

  /** One request after the other. Confined to the thread that reads. */
  private final class Requests extends InputStream {

    private @Nullable InputStream bytes;
    private @Nullable RequestReader reader;
    private byte[] request = NOTHING;
    private int position;
    private boolean begun;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (position == request.length) {
        request = next();
        position = 0;
      }
      int count = Math.min(length, request.length - position);
      System.arraycopy(request, position, into, offset, count);
      position += count;
      return request.length == 0 ? -1 : count;
    }

    /** Returns what follows the last request. */
    InputStream bytes() throws IOException {
      if (bytes == null) {
        bytes = new BufferedInputStream(stream.getInputStream());
      }
      return bytes;
    }

    /** Returns the next request; empty if there is none. */
    private byte[] next() {
      if (refusal != null) {
        drain();
      }
      if (refusal != null || upgraded || broken) {
        return NOTHING;
      }
      byte[] next = null;
      try {
        if (reader == null) {
          reader = new RequestReader(bytes(), stream.getOutputStream());
        }
        next = reader.next();
      } catch (RequestReader.Refused refused) {
        refusal = new Refusal(refused.status(), String.valueOf(refused.getMessage()));
        next = SUBSTITUTE;
      } catch (IOException ended) {
        broken = true;
      }
      if (next == null && !begun) {
        // Without one, the web server would log a warning for each connection of a port scanner.
        broken = true;
        refusal = new Refusal(400, "There was no request.");
        next = SUBSTITUTE;
      }
      begun = true;
      return next == null ? NOTHING : next;
    }

    /** Reads on after a refusal, since closing a socket with unread bytes would take the answer from the client. */
    private void drain() {
      try {
        stream.shutdownOutput();
        byte[] ignored = new byte[CHUNK];
        while (!broken && bytes().read(ignored) >= 0) {
          // Only the end is of interest.
        }
      } catch (IOException ended) {
        broken = true;
      }
    }
  }

  /** What the web server answers. Nobody receives it once the connection has ended. */
  private final class Answers extends OutputStream {

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      run(() -> stream.getOutputStream().write(bytes, offset, length));
    }

    @Override
    public void flush() {
      run(() -> stream.getOutputStream().flush());
    }

    private void run(Step step) {
      try {
        if (!broken) {
          step.run();
        }
      } catch (IOException clientIsGone) {
        broken = true;
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
