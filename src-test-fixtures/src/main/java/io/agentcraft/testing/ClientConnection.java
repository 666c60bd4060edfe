package io.agentcraft.testing;

import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.protocol.PrintableText;
import io.agentcraft.testing.internal.socket.TrackedSocket;
import io.agentcraft.testing.internal.websocket.RawFrame;
import io.agentcraft.testing.internal.websocket.ServerWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** One connection of a client, open or closed, as the server sees it. Safe to use from any thread. */
public final class ClientConnection {

  /**
   * How a connection ended.
   *
   * @param code the code of the client's close frame; null if none was received
   * @param reason its reason, or what went wrong
   */
  record Closure(@Nullable Integer code, String reason) {}

  /** Creates the WebSocket of a connection. */
  interface Opening {
    ServerWebSocket with(ServerWebSocket.Listener listener) throws IOException;
  }

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** How much of what a client sends may wait for the server's loop, in characters; then it is not read for a while. */
  private static final int MAX_UNHANDLED = 32 * 1024 * 1024;

  private static final int FRAME_OVERHEAD = 64;

  private final String clientId;
  private final String path;
  private final Headers headers;
  private final TrackedSocket socket;
  private final WireTime connectedAt;
  private final Hub hub;
  private final AtomicReference<@Nullable Closure> closure = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Semaphore unhandled = new Semaphore(MAX_UNHANDLED);
  private volatile @Nullable ServerWebSocket webSocket;
  private volatile boolean ignoresClose;

  // Confined to the server's loop.
  @Nullable
  String streamedSession;

  Scheduler.@Nullable Timer silence;
  int sentMessages;
  private Scheduler.@Nullable Timer closing;
  private boolean deaf;
  private WireFaults.@Nullable CutPoint nextCut;

  ClientConnection(
      String clientId,
      String path,
      Headers headers,
      TrackedSocket socket,
      WireTime connectedAt,
      Hub hub) {
    this.clientId = clientId;
    this.path = path;
    this.headers = headers;
    this.socket = socket;
    this.connectedAt = connectedAt;
    this.hub = hub;
  }

  /**
   * Returns the client id, the last part of the request path.
   *
   * @return the id, decoded
   */
  public String clientId() {
    return clientId;
  }

  /**
   * Returns the path of the handshake request.
   *
   * @return the path as it was sent, with the client id
   */
  public String path() {
    return path;
  }

  /**
   * Returns the headers of the handshake request.
   *
   * @return the values by name; names are in lower case
   */
  public Map<String, List<String>> headers() {
    return headers.toMultimap();
  }

  /**
   * Returns one header of the handshake request.
   *
   * @param name the name in any case
   * @return its last value; empty if the header is missing
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * Returns whether the connection is open as far as the server knows.
   *
   * @return {@code false} once the client's close frame was received, the stream ended or the server cut the connection
   */
  public boolean isOpen() {
    return closure.get() == null;
  }

  /**
   * Returns the code of the close frame that the client sent, whether it started the close handshake or answered it.
   *
   * @return the code, 1005 for an empty close frame; empty while the connection is open, and if there was no close frame
   */
  public OptionalInt closeCode() {
    Closure ended = closure.get();
    return ended == null || ended.code() == null
        ? OptionalInt.empty()
        : OptionalInt.of(ended.code());
  }

  /**
   * Returns the reason in the client's close frame, or how else the connection ended.
   *
   * @return the reason; empty while the connection is open
   */
  public Optional<String> closeReason() {
    return Optional.ofNullable(closure.get()).map(Closure::reason);
  }

  /**
   * Returns what the client sent on this connection.
   *
   * @return the frames in the order in which they were received
   */
  public List<ReceivedFrame> frames() {
    return hub.journal().frames().stream()
        .filter(frame -> frame.connection() == this)
        .toList();
  }

  /**
   * Sends a text frame as it is, on this connection only.
   *
   * @param text any text, also if it is not JSON
   */
  public void sendRaw(String text) {
    hub.loop().call(() -> {
      var unused = send(text);
    });
  }

  /**
   * Sends a binary frame on this connection only.
   *
   * @param bytes the payload
   */
  public void sendBinary(byte[] bytes) {
    byte[] payload = bytes.clone();
    hub.loop().call(() -> {
      var unused = send(payload);
    });
  }

  /**
   * Starts the close handshake on this connection. A client that does not answer within 10 s is cut off.
   *
   * @param code the close code: 1000 to 1014 without 1004, 1005 and 1006, or 3000 to 4999
   * @param reason the reason, at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if code or reason can't be sent
   */
  public void close(int code, String reason) {
    hub.loop().call(() -> startClose(code, reason));
  }

  /** Ends the TCP connection without a close frame, as a crashing server does: end of stream. */
  public void cut() {
    hub.loop().call(() -> endTcp(false));
  }

  /** Ends the TCP connection with a reset. */
  public void reset() {
    hub.loop().call(() -> endTcp(true));
  }

  /**
   * Returns the network faults of this connection. For all connections at once: {@link Faults#wire}.
   *
   * @return the faults
   */
  public WireFaults wireFaults() {
    return new WireFaults(hub.loop(), () -> List.of(this));
  }

  /**
   * Returns the broken frames that can be sent on this connection. For all connections at once: {@link Faults#frames}.
   *
   * @return the faults
   */
  public FrameFaults frameFaults() {
    return new FrameFaults(hub.loop(), () -> List.of(this));
  }

  @Override
  public String toString() {
    Closure ended = closure.get();
    String state = ended == null
        ? "open"
        : "closed with " + (ended.code() == null ? "no close frame" : ended.code()) + " "
            + PrintableText.of(ended.reason());
    return PrintableText.of(path) + " (" + state + ", " + frames().size() + " frames)";
  }

  WireTime connectedAt() {
    return connectedAt;
  }

  TrackedSocket socket() {
    return socket;
  }

  /** Creates the WebSocket, and makes the connection known. */
  ServerWebSocket open(Opening opening) throws IOException {
    ServerWebSocket opened = opening.with(new Listener());
    webSocket = opened;
    hub.opened(this);
    return opened;
  }

  /** Waits for the end; returns whether there was time for it. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Returns how much waits to be written, in bytes. */
  long queuedBytes() {
    return opened().queuedSize();
  }

  /**
   * Hands a text frame to the WebSocket, unless a fault prevents it. Returns false if the connection is closing, dead or too
   * far behind.
   */
  boolean send(String text) {
    if (deaf) {
      return true;
    }
    if (nextCut != null) {
      cutAt(nextCut, text.getBytes(StandardCharsets.UTF_8));
      return true;
    }
    return opened().send(text);
  }

  /** Hands a binary frame to the WebSocket; see {@link #send(String)}. */
  boolean send(byte[] bytes) {
    return deaf || opened().send(bytes);
  }

  /** Writes bytes past the WebSocket, behind all messages that were handed to it so far. */
  void insert(ServerWebSocket.Insertion insertion) {
    opened().insert(insertion);
  }

  /** Cuts the connection at the next text frame; null cancels that. */
  void cutAtNextFrame(WireFaults.@Nullable CutPoint point) {
    nextCut = point;
  }

  void deaf(boolean isDeaf) {
    deaf = isDeaf;
  }

  /** From now on the client's close frame is not answered. */
  void ignoreClose() {
    ignoresClose = true;
  }

  void startClose(int code, String reason) {
    opened().close(code, reason);
    closing = hub.loop().schedule(CLOSE_TIMEOUT, () -> {
      if (isOpen()) {
        endTcp(false);
      }
    });
  }

  /** Nobody waits for the end of the close handshake any more. */
  void stopClosing() {
    if (closing != null) {
      closing.cancel();
      closing = null;
    }
  }

  /** Ends the TCP connection without a close frame; the server knows it at once. Called on any thread. */
  void endTcp(boolean withReset) {
    ended(new Closure(null, "cut by the server"));
    if (withReset) {
      socket.reset();
    } else {
      socket.end();
    }
  }

  private void cutAt(WireFaults.CutPoint point, byte[] payload) {
    byte[] frame = RawFrame.text(payload);
    int length = switch (point) {
      case BEFORE_FRAME -> 0;
      case INSIDE_FRAME -> frame.length - payload.length / 2 - 1;
      case AFTER_FRAME -> frame.length;
    };
    insert(out -> {
      out.write(frame, 0, length);
      endTcp(false);
    });
  }

  private void ended(Closure how) {
    if (closure.compareAndSet(null, how)) {
      hub.closed(this);
      over.countDown();
      unhandled.release(MAX_UNHANDLED);
    }
  }

  private ServerWebSocket opened() {
    return Objects.requireNonNull(webSocket, "a connection is only known once it is open");
  }

  /** Called on the thread that reads from this connection. */
  private final class Listener implements ServerWebSocket.Listener {

    @Override
    public void text(String text) {
      int size = Math.min(text.length() + FRAME_OVERHEAD, MAX_UNHANDLED);
      unhandled.acquireUninterruptibly(size);
      hub.text(ClientConnection.this, text, () -> unhandled.release(size));
    }

    @Override
    public void binary(int size) {
      hub.binary(ClientConnection.this, size);
    }

    @Override
    public boolean closing(int code, String reason) {
      if (ignoresClose) {
        return false;
      }
      ended(new Closure(code, reason));
      return true;
    }

    @Override
    public void lost(String why) {
      ended(new Closure(null, why));
    }
  }
}
