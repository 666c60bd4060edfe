package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.internal.socket.Insertion;
import io.agentcraft.testing.internal.socket.TrackedSocket;
import io.agentcraft.testing.internal.time.Loop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One client's WebSocket: turns what happens on it into events, and sends. Decides nothing. */
public final class Connection extends WebSocketListener {

  /** What happens on connections. Called on the threads that read from the sockets. */
  public interface Events {
    void opened(Connection connection);

    void text(Connection connection, String text);

    void binary(Connection connection, int size);

    void closed(Connection connection);
  }

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final int EMPTY_CLOSE = 1005;
  private static final int NORMAL_CLOSE = 1000;

  private final String clientId;
  private final String path;
  private final Headers headers;
  private final TrackedSocket socket;
  private final WireTime connectedAt;
  private final Events events;
  private final AtomicReference<@Nullable Closure> closure = new AtomicReference<>();
  private volatile @Nullable WebSocket webSocket;
  private volatile boolean ignoresClose;

  // Confined to the server's loop.
  @Nullable
  String streamedSession;

  Scheduler.@Nullable Timer silence;
  private Scheduler.@Nullable Timer closing;
  int sentMessages;
  private boolean deaf;
  private long handedOver;
  private CutPoint nextCut = CutPoint.NONE;

  public Connection(
      String clientId,
      String path,
      Headers headers,
      TrackedSocket socket,
      WireTime connectedAt,
      Events events) {
    this.clientId = clientId;
    this.path = path;
    this.headers = headers;
    this.socket = socket;
    this.connectedAt = connectedAt;
    this.events = events;
  }

  public String clientId() {
    return clientId;
  }

  public String path() {
    return path;
  }

  public Headers headers() {
    return headers;
  }

  public WireTime connectedAt() {
    return connectedAt;
  }

  public TrackedSocket socket() {
    return socket;
  }

  /** How it ended; null while it is open. */
  public @Nullable Closure closure() {
    return closure.get();
  }

  /**
   * Hands a text frame to the writer, unless a fault wants it otherwise. False: the connection is closing, dead or
   * hopelessly behind.
   */
  public boolean send(String text) {
    if (deaf) {
      return true;
    }
    if (nextCut != CutPoint.NONE) {
      cutAt(nextCut, text.getBytes(StandardCharsets.UTF_8));
      return true;
    }
    return counted(opened().send(text));
  }

  /** Returns how much waits to be written, in bytes. */
  public long queuedBytes() {
    return opened().queueSize();
  }

  public boolean send(byte[] bytes) {
    return deaf || counted(opened().send(ByteString.of(bytes)));
  }

  /** Writes bytes past the WebSocket, behind all messages that were handed over so far. */
  public void insert(Insertion insertion) {
    socket.insertAfter(handedOver, insertion);
  }

  /** Cuts the connection at the next text frame. */
  public void cutAtNextFrame(CutPoint point) {
    socket.requirePlain();
    nextCut = point;
  }

  /** Leaves it alone after all. */
  public void forgetCut() {
    nextCut = CutPoint.NONE;
  }

  /** From now on the server sends nothing, or it does again. */
  public void deaf(boolean isDeaf) {
    deaf = isDeaf;
  }

  /** From now on the client's close frame is not answered, and its connection not ended. */
  public void ignoreClose() {
    ignoresClose = true;
  }

  /** Where a connection is cut. */
  public enum CutPoint {
    NONE,
    BEFORE_FRAME,
    INSIDE_FRAME,
    AFTER_FRAME
  }

  private void cutAt(CutPoint point, byte[] payload) {
    byte[] frame = RawFrame.text(payload);
    int length = switch (point) {
      case NONE, BEFORE_FRAME -> 0;
      case INSIDE_FRAME -> frame.length - payload.length / 2 - 1;
      case AFTER_FRAME -> frame.length;
    };
    insert(out -> {
      out.write(frame, 0, length);
      cut(false);
    });
  }

  private boolean counted(boolean accepted) {
    handedOver += accepted ? 1 : 0;
    return accepted;
  }

  /** Starts the close handshake. A client that doesn't answer in time is cut off. */
  public void close(Loop loop, int code, @Nullable String reason) {
    opened().close(code, reason);
    // Left to itself, the server side of OkHttp gives up after a minute only, and then with an
    // error.
    closing = loop.schedule(CLOSE_TIMEOUT, () -> {
      if (closure() == null) {
        cut(false);
      }
    });
  }

  /** It is over: nobody waits for the end of the close handshake any more. Called in the loop. */
  void stopWaiting() {
    if (closing != null) {
      closing.cancel();
      closing = null;
    }
  }

  /** Ends the TCP connection without a close frame; the server knows it at once. */
  public void cut(boolean withReset) {
    ended(new Closure(null, "cut by the server"));
    if (withReset) {
      socket.reset();
    } else {
      socket.end();
    }
    WebSocket open = webSocket;
    if (open != null) {
      // A reader that is through would otherwise wait for ever for somebody to close the writing
      // half.
      open.close(NORMAL_CLOSE, null);
    }
  }

  @Override
  public void onOpen(WebSocket socketNow, Response response) {
    webSocket = socketNow;
    socket.beginFrames();
    events.opened(this);
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    events.text(this, text);
  }

  @Override
  public void onMessage(WebSocket from, ByteString bytes) {
    events.binary(this, bytes.size());
  }

  @Override
  public void onClosing(WebSocket from, int code, String reason) {
    if (ignoresClose) {
      return;
    }
    from.close(code == EMPTY_CLOSE ? NORMAL_CLOSE : code, null);
    ended(new Closure(code, reason));
  }

  @Override
  public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
    ended(new Closure(null, String.valueOf(failure)));
  }

  @Override
  public String toString() {
    return clientId;
  }

  private void ended(Closure how) {
    if (closure.compareAndSet(null, how)) {
      events.closed(this);
    }
  }

  private WebSocket opened() {
    return Objects.requireNonNull(webSocket, "a connection is only known once it is open");
  }
}
