package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ListenerException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.codec.MessageType;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.guard.LogText;
import io.agentcraft.client.internal.guard.ThreadState;
import io.agentcraft.client.internal.guard.WarnLimit;
import io.agentcraft.client.listener.ConnectionListener;
import io.agentcraft.client.listener.ErrorListener;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.metrics.ClientMetrics;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages, states and errors to their listeners, by way of the {@link CallbackBuffer}. A listener that throws is
 * reported and affects no other.
 */
public final class MessageDispatcher implements MessageStream.Callbacks {

  private static final Logger LOG = LoggerFactory.getLogger(MessageDispatcher.class);

  private final CallbackBuffer buffer;
  private final MessageCodec codec;
  private final Instrumentation instrumentation;
  private final LongSupplier nanoTime;
  private final WarnLimit warnLimit = new WarnLimit();
  private final AtomicLong malformed = new AtomicLong();
  private final ListenerRegistry listeners = new ListenerRegistry();

  /** Creates a dispatcher; the clock limits how often errors that nobody listens to are logged. */
  public MessageDispatcher(
      CallbackBuffer buffer,
      MessageCodec codec,
      Instrumentation instrumentation,
      LongSupplier nanoTime) {
    this.buffer = buffer;
    this.codec = codec;
    this.instrumentation = instrumentation;
    this.nanoTime = nanoTime;
  }

  public ListenerRegistry listeners() {
    return listeners;
  }

  /** Returns how many frames were not messages. */
  public long malformedFrames() {
    return malformed.get();
  }

  /**
   * Takes a frame of a type that is wanted, on a reader thread: the callback thread decodes it while the reader reads on.
   * Blocks while the buffer is full, unless the oldest messages are dropped instead.
   */
  void frame(String type, String text, CallbackBuffer.Source source) {
    buffer.addMessage(new EncodedMessage(type, text), source);
  }

  /** Takes a message that the reader thread had to decode itself; otherwise like {@link #frame}. */
  void message(ServerMessage message, CallbackBuffer.Source source) {
    buffer.addMessage(new DecodedMessage(message), source);
  }

  /**
   * Takes an error about a frame, on a reader thread: it counts against the bounds like the message it stands for.
   *
   * @param kind what kind of error it is: warnings are limited by kind
   */
  void malformedFrame(MalformedMessageException error, String kind, CallbackBuffer.Source source) {
    countMalformed();
    buffer.addMessage(new MalformedFrame(error, kind), source);
  }

  /** Logs that a frame could not be handled. */
  void failed(Throwable bug) {
    String addition = admit(WarnLimit.kind(this, bug));
    if (addition != null) {
      LOG.error(
          "A frame could not be handled. This is a bug in the AgentCraft client.{}",
          addition,
          LogText.loggable(bug));
    }
  }

  /** Counts a frame that arrived. */
  void received(String type) {
    instrumentation.report(
        (metrics, name) -> metrics.frameReceived(
            MessageType.FROM_SERVER.knownOr(name, ClientMetrics.UNKNOWN_TYPE)),
        type);
  }

  /** Counts a frame that nobody listens to. */
  void skipped(String type) {
    instrumentation.report(
        (metrics, name) ->
            metrics.frameSkipped(MessageType.FROM_SERVER.knownOr(name, ClientMetrics.UNKNOWN_TYPE)),
        type);
  }

  public void state(ConnectionState state) {
    buffer.add(() -> {
      for (ConnectionListener listener : listeners.ofStates()) {
        guarded("the connection's state", listener, () -> listener.onConnectionState(state));
      }
      if (state.status() == ConnectionStatus.CLOSED) {
        logLeftOut();
      }
    });
  }

  /** Calls a listener on the callback executor, where this is called, and reports what it throws. */
  public void call(String name, Object listener, Runnable callback) {
    guarded(name, listener, callback);
  }

  /**
   * Runs a callback in order with all others.
   *
   * @param listener whose callback it is
   */
  public void run(String name, Object listener, Runnable callback) {
    buffer.add(() -> guarded(name, listener, callback));
  }

  @Override
  public void runFirst(Object subscriber, Runnable signals) {
    Runnable callback = () -> guarded("a subscriber of a stream", subscriber, signals);
    if (!buffer.addFirst(callback)) {
      // The client is closed and its executor has ended: no other thread is left to run it.
      callback.run();
    }
  }

  @Override
  public void hold() {
    buffer.hold();
  }

  @Override
  public void release() {
    buffer.release();
  }

  @Override
  public void countDropped() {
    buffer.countDropped();
  }

  private void deliver(ServerMessage message) {
    listeners.forEach(
        message, listener -> guarded(message.type(), listener, () -> listener.onMessage(message)));
  }

  private void countMalformed() {
    malformed.incrementAndGet();
    instrumentation.report(ClientMetrics::frameMalformed);
  }

  private void guarded(String name, Object listener, Runnable callback) {
    Throwable failure = null;
    ThreadState before = ThreadState.save();
    try {
      callback.run();
    } catch (Throwable thrown) {
      failure = thrown;
    }
    restore(before);
    if (failure != null) {
      instrumentation.report(ClientMetrics::listenerFailed);
      report(new ListenerException(name, failure), WarnLimit.kind(listener, failure));
    }
  }

  private void report(AgentCraftException error, String kind) {
    if (listeners.ofErrors().isEmpty()) {
      warn(error, kind);
    }
    for (ErrorListener listener : listeners.ofErrors()) {
      ThreadState before = ThreadState.save();
      try {
        listener.onError(error);
      } catch (Throwable thrown) {
        warnOfErrorListener(listener, error, thrown);
      } finally {
        restore(before);
      }
    }
  }

  private void restore(ThreadState before) {
    // An executor that is shut down by force interrupts its threads, so that what runs there ends.
    if (before.restore() && buffer.isExecutorShutDown()) {
      Thread.currentThread().interrupt();
    }
  }

  private void warn(AgentCraftException error, String kind) {
    String addition = admit(kind);
    if (addition != null) {
      LOG.warn(
          "{} (Set a listener with onError(…) to receive each one.){}",
          error.getMessage(),
          addition,
          // A parser's stack trace says nothing that the message does not.
          error instanceof ListenerException ? LogText.loggable(error.getCause()) : null);
    }
  }

  private void warnOfErrorListener(
      ErrorListener listener, AgentCraftException error, Throwable thrown) {
    String addition = admit(WarnLimit.kind(listener, thrown));
    if (addition != null) {
      LOG.warn(
          "An error listener threw while it handled: {}{}",
          error.getMessage(),
          addition,
          LogText.loggable(thrown));
    }
  }

  private @Nullable String admit(String kind) {
    return warnLimit.admit(kind, nanoTime.getAsLong());
  }

  private void logLeftOut() {
    long leftOut = warnLimit.takeLeftOut();
    if (leftOut > 0) {
      LOG.warn("{} more warnings like those above were not logged.", leftOut);
    }
  }

  /** A frame that the callback thread decodes. */
  private final class EncodedMessage implements CallbackBuffer.Message {

    private final String type;
    private final String text;

    EncodedMessage(String type, String text) {
      this.type = type;
      this.text = text;
    }

    @Override
    public long chars() {
      return text.length();
    }

    @Override
    public void run() {
      // Its listeners may have left while it was buffered.
      if (!listeners.wants(type)) {
        skipped(type);
        return;
      }
      ServerMessage message;
      try {
        message = codec.decodeServer(text);
      } catch (MalformedMessageException bad) {
        countMalformed();
        report(bad, MessageType.FROM_SERVER.knownOr(type, ClientMetrics.UNKNOWN_TYPE));
        return;
      }
      deliver(message);
    }
  }

  /** An error about a frame. */
  private final class MalformedFrame implements CallbackBuffer.Message {

    /** An exception keeps its message, the beginning of the frame, and a stack trace. */
    private static final int CHARS = 2_000;

    private final MalformedMessageException error;
    private final String kind;

    MalformedFrame(MalformedMessageException error, String kind) {
      this.error = error;
      this.kind = kind;
    }

    @Override
    public long chars() {
      return CHARS;
    }

    @Override
    public void run() {
      report(error, kind);
    }
  }

  /** A message that was decoded on the reader thread. */
  private final class DecodedMessage implements CallbackBuffer.Message {

    private final ServerMessage message;
    private final long chars;

    DecodedMessage(ServerMessage message) {
      this.message = message;
      this.chars = MessageSize.of(message);
    }

    @Override
    public long chars() {
      return chars;
    }

    @Override
    public void run() {
      deliver(message);
    }
  }
}
