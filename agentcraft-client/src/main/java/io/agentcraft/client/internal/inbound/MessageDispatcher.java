package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ListenerException;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.internal.connection.Meter;
import io.agentcraft.client.listener.ConnectionListener;
import io.agentcraft.client.listener.ErrorListener;
import io.agentcraft.client.listener.ServerMessageListener;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.metrics.ClientMetrics;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages, states and errors to their listeners through the {@link CallbackBuffer}. A listener that throws is
 * reported and touches no other.
 */
public final class MessageDispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(MessageDispatcher.class);

  private final CallbackBuffer queue;
  private final MessageCodec codec;
  private final Meter meter;
  private final LongSupplier nanoTime;
  private final WarnLimit warnLimit = new WarnLimit();
  private final AtomicLong malformed = new AtomicLong();
  private final Listeners listeners = new Listeners(MessageTypes::isKnown);
  private final List<ConnectionListener> connectionListeners = new CopyOnWriteArrayList<>();
  private final List<ErrorListener> errorListeners = new CopyOnWriteArrayList<>();

  /** Makes it; the clock says how often something may be logged that nobody listens to. */
  public MessageDispatcher(CallbackBuffer queue, MessageCodec codec, Meter meter, LongSupplier nanoTime) {
    this.queue = queue;
    this.codec = codec;
    this.meter = meter;
    this.nanoTime = nanoTime;
  }

  public Subscription add(Collection<String> types, ServerMessageListener listener) {
    return listeners.add(types, listener);
  }

  public Subscription addForEverything(ServerMessageListener listener) {
    return listeners.addForEverything(listener);
  }

  public Subscription addForUnknown(ServerMessageListener listener) {
    return listeners.addForUnknown(listener);
  }

  public Subscription addForStates(ConnectionListener listener) {
    return Registration.in(connectionListeners, listener);
  }

  public Subscription addForErrors(ErrorListener listener) {
    return Registration.in(errorListeners, listener);
  }

  public boolean wants(String type) {
    return listeners.wants(type);
  }

  /**
   * Takes a frame of a type that is wanted, on a reader thread: the callback thread decodes it while the reader reads on.
   * Waits while the queue is full, unless the oldest are dropped instead.
   */
  public void frame(String type, String text, FrameSource source) {
    queue.addBounded(new Frame(type, text), source);
  }

  /** Takes a message that the reader thread had to decode itself; otherwise like {@link #frame}. */
  public void message(ServerMessage message, String text, FrameSource source) {
    queue.addBounded(new Decoded(message, text.length()), source);
  }

  private void deliver(ServerMessage message) {
    listeners.forEach(
        message, listener -> guarded(message.type(), () -> listener.onMessage(message)));
  }

  /** A message that waits to be delivered. */
  private final class Decoded implements BoundedTask {

    private final ServerMessage message;
    private final int chars;

    Decoded(ServerMessage message, int chars) {
      this.message = message;
      this.chars = chars;
    }

    @Override
    public int chars() {
      return chars;
    }

    @Override
    public void run() {
      deliver(message);
    }
  }

  /** A frame that waits to be decoded. */
  private final class Frame implements BoundedTask {

    private final String type;
    private final String text;

    Frame(String type, String text) {
      this.type = type;
      this.text = text;
    }

    @Override
    public int chars() {
      return text.length();
    }

    @Override
    public void run() {
      // Its listeners may have left while it waited.
      if (!listeners.wants(type)) {
        skipped(type);
        return;
      }
      ServerMessage message;
      try {
        message = codec.decodeServer(text);
      } catch (MalformedMessageException bad) {
        countMalformed();
        tell(bad);
        return;
      }
      deliver(message);
    }
  }

  public void state(ConnectionState state) {
    queue.add(() -> connectionListeners.forEach(
        listener -> guarded("the connection's state", () -> listener.onConnectionState(state))));
  }

  /** Called by a reader thread: errors about frames are bounded like the messages that they stand for. */
  public void badFrame(AgentCraftException error, FrameSource source) {
    countMalformed();
    queue.addBounded(() -> tell(error), source);
  }

  /** Tells the metrics of a frame that nobody listens to. */
  void skipped(String type) {
    meter.tell(metrics -> metrics.frameSkipped(MessageTypes.toldAs(type)));
  }

  private void countMalformed() {
    malformed.incrementAndGet();
    meter.tell(ClientMetrics::frameMalformed);
  }

  /** Returns how many frames were no message. */
  public long malformedFrames() {
    return malformed.get();
  }

  /** Runs a callback of its own in turn with all others. */
  public void run(String what, Runnable callback) {
    queue.add(() -> guarded(what, callback));
  }

  /** Returns what streams need to take their turns. */
  public Turns turns() {
    return new Turns() {
      @Override
      public void runNext(Runnable task) {
        Runnable signals = () -> guarded("a subscriber of a stream", task);
        if (!queue.addNext(signals)) {
          // The client is closed and its executor gone: whoever asks is all there is to run it.
          signals.run();
        }
      }

      @Override
      public void hold() {
        queue.hold();
      }

      @Override
      public void release() {
        queue.release();
      }

      @Override
      public void dropped() {
        queue.countDropped();
      }
    };
  }

  private void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) {
      meter.tell(ClientMetrics::listenerFailed);
      tell(new ListenerException(what, thrown));
    }
  }

  private void tell(AgentCraftException error) {
    if (errorListeners.isEmpty()) {
      warn(error);
    }
    for (ErrorListener listener : errorListeners) {
      try {
        listener.onError(error);
      } catch (Throwable thrown) {
        LOG.warn("An error listener threw while it was told: {}", error.getMessage(), thrown);
      }
    }
  }

  private void warn(AgentCraftException error) {
    OptionalLong leftOut = warnLimit.admit(nanoTime.getAsLong());
    if (leftOut.isPresent()) {
      LOG.warn(
          "{} (Set a listener with onError(…) to hear of each{}.)",
          error.getMessage(),
          leftOut.getAsLong() == 0 ? "" : "; " + leftOut.getAsLong() + " before it were not logged",
          error.getCause());
    }
  }
}
