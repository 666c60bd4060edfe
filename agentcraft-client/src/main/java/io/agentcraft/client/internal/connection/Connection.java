package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import io.agentcraft.client.internal.transport.Transport;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.record.FrameListener.Direction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its handshake to its end. It turns what happens on its socket into events for the loop, hands
 * frames to a {@link FrameHandler}, and sends. May be used from any thread.
 */
public final class Connection implements Transport.Listener {

  /** OkHttp closes a socket whose queue would grow beyond this; servers refuse a frame beyond it. */
  private static final long MAX_QUEUED_BYTES = 16L << 20;

  private static final int MAX_BYTES_PER_CHAR = 3;

  /** What became of a frame that was to be sent. */
  public enum Result {
    SENT,
    /** The socket takes no more frames. */
    CLOSING,
    /** Too much waits for the network already, or the frame alone is too large. */
    FULL
  }

  /** Handles the frames of one connection, on the thread that reads them. Must not throw. */
  public interface FrameHandler {

    void text(String text);

    /** Handles a binary frame, of which only the size is known. */
    void binary(int size);

    /** Handles a message that was left out because it is larger than the client accepts. */
    void leftOut(long bytes);
  }

  private final long generation;
  private final Endpoint endpoint;
  private final String clientId;
  private final EventLoop loop;
  private final Consumer<Event> events;
  private final Instrumentation instrumentation;
  private final CompletableFuture<Void> reported = new CompletableFuture<>();

  private volatile Transport.@Nullable Socket socket;
  private volatile long lastIn;
  private volatile long lastOut;
  private volatile boolean readerWaits;
  private volatile boolean over;
  private volatile @Nullable Thread reader;
  private volatile @Nullable FrameHandler handler;
  private boolean messageReceived;

  /**
   * Creates a connection whose handshake has not begun.
   *
   * @param generation the connection's number, higher than those before it
   * @param events receives the connection's events, on the loop
   */
  Connection(
      long generation,
      Endpoint endpoint,
      String clientId,
      EventLoop loop,
      Consumer<Event> events,
      Instrumentation instrumentation) {
    this.generation = generation;
    this.endpoint = endpoint;
    this.clientId = clientId;
    this.loop = loop;
    this.events = events;
    this.instrumentation = instrumentation;
  }

  long generation() {
    return generation;
  }

  /** Returns the URL that it was opened to. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Returns the id that the server knows this connection by. */
  public String clientId() {
    return clientId;
  }

  /** Sends a text frame now, ahead of whatever waits in the {@link Outbox}. */
  public Result send(String text) {
    Transport.Socket to = socket;
    if (to == null) {
      return Result.CLOSING;
    }
    long room = MAX_QUEUED_BYTES - to.queuedBytes();
    if ((long) text.length() * MAX_BYTES_PER_CHAR > room
        && text.getBytes(StandardCharsets.UTF_8).length > room) {
      return Result.FULL;
    }
    if (!to.send(text)) {
      // Unless it is being closed, it has ended, whether or not it reports that.
      post(new Event.Mute(generation));
      return Result.CLOSING;
    }
    lastOut = loop.nanoTime();
    instrumentation.report(ClientMetrics::frameSent);
    instrumentation.frame(Direction.OUT, text);
    return Result.SENT;
  }

  /** Returns how many bytes wait for the network. */
  public long queuedBytes() {
    Transport.Socket from = socket;
    return from == null ? 0 : from.queuedBytes();
  }

  /** Notes that a message has arrived, the first sign of a stable connection. Called by the reader. */
  public void messageReceived() {
    if (!messageReceived) {
      messageReceived = true;
      post(new Event.FirstMessage(generation));
    }
  }

  /** Notes whether the reader waits for slow listeners: meanwhile, silence says nothing about the server. */
  public void readerWaits(boolean waits) {
    readerWaits = waits;
  }

  /** Returns whether the reader waits for slow listeners. */
  public boolean readerWaits() {
    return readerWaits;
  }

  /** Returns whether the connection was lost, closed or given up: what its reader still brings is late. */
  public boolean isOver() {
    return over;
  }

  /** Returns whether the calling thread reads the frames of this connection, and has to go on doing so. */
  boolean isReader() {
    return !over && reader == Thread.currentThread();
  }

  long lastIn() {
    return lastIn;
  }

  long lastOut() {
    return lastOut;
  }

  void frameIn(long now) {
    lastIn = now;
  }

  /** Sets the socket, whose handshake has begun. */
  void socket(Transport.Socket opening) {
    socket = opening;
    // Another thread that cancelled this connection meanwhile may have seen no socket.
    if (over) {
      opening.cancel();
    }
  }

  /** Returns whether the handshake has begun, which it has not while the token is awaited. */
  boolean hasSocket() {
    return socket != null;
  }

  /** Sets what handles the frames, now that the loop has reported the connection. */
  void handler(FrameHandler newHandler) {
    handler = newHandler;
  }

  /** Starts the close handshake. */
  void close() {
    Transport.Socket open = socket;
    if (open != null) {
      open.close(1000);
    }
  }

  /** Drops the socket without a close handshake. */
  void cancel() {
    over = true;
    Transport.Socket open = socket;
    if (open != null) {
      open.cancel();
    }
    // The loop may have ended, and then it will never release the reader.
    reported.complete(null);
  }

  /** Ignores from now on whatever the socket still brings. */
  void end() {
    over = true;
  }

  @Override
  public void onOpen(Transport.Socket opened) {
    long now = loop.nanoTime();
    lastIn = now;
    lastOut = now;
    reader = Thread.currentThread();
    socket(opened);
    // The socket reads no frame until this method returns: CONNECTED comes before any message.
    if (loop.post(this::report)) {
      reported.join();
    }
    if (handler == null) {
      opened.cancel();
    }
  }

  private void report() {
    try {
      events.accept(new Event.Opened(generation));
    } finally {
      // Whatever went wrong: the reader must not wait forever.
      reported.complete(null);
    }
  }

  @Override
  public void onText(String text) {
    FrameHandler to = handler;
    if (to != null && !over) {
      lastIn = loop.nanoTime();
      instrumentation.frame(Direction.IN, text);
      to.text(text);
    }
  }

  @Override
  public void onBinary(int size) {
    FrameHandler to = handler;
    if (to != null && !over) {
      lastIn = loop.nanoTime();
      to.binary(size);
    }
  }

  @Override
  public void onLeftOut(long bytes) {
    FrameHandler to = handler;
    if (to != null && !over) {
      lastIn = loop.nanoTime();
      to.leftOut(bytes);
    }
  }

  @Override
  public void onClosing(int code, String reason) {
    post(new Event.PeerClosing(generation, new DisconnectCause.ClosedByServer(code, reason)));
  }

  @Override
  public void onEnded(DisconnectCause cause) {
    post(new Event.Ended(generation, cause));
  }

  private void post(Event event) {
    loop.post(() -> events.accept(event));
  }
}
