package io.agentcraft.client.metrics;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Is told what a client does, as it happens. Implement what you want to know; everything else does nothing.
 *
 * <p>Called on the thread where it happens, among them the one that reads from the network: return at once, and expect
 * calls from several threads. What an implementation throws is logged once and otherwise ignored. One object may serve
 * any number of clients.
 */
public interface ClientMetrics {

  /** The type told for messages whose type the protocol does not name: what a server sends must not make new meters. */
  String UNKNOWN_TYPE = "unknown";

  /** How a request ended. */
  enum RequestOutcome {
    /** With its answer. */
    ANSWERED,
    /** The server knows no such session. */
    NOT_FOUND,
    /** With no answer in time. */
    TIMED_OUT,
    /** The connection was given up, the client was closed, too much waited, or the caller lost interest. */
    FAILED
  }

  /** How a published update ended. */
  enum UpdateOutcome {
    /** The server has it. */
    DELIVERED,
    /** A server took it by HTTP, but posts do not come back over the open socket: it may be another server. */
    ACCEPTED,
    /** A newer update of the same agent took its place. */
    SUPERSEDED,
    /** It never reached the server. */
    FAILED
  }

  /**
   * A client was built.
   *
   * @param queuedCallbacks tells how many callbacks wait for the listeners now; may be called from any thread, also after
   *     the client was closed
   */
  default void clientBuilt(IntSupplier queuedCallbacks) {}

  /**
   * A client was closed: its queue is of no more interest.
   *
   * @param queuedCallbacks the same object as in {@link #clientBuilt}
   */
  default void clientClosed(IntSupplier queuedCallbacks) {}

  /**
   * A text frame with a type came in, wanted or not.
   *
   * @param type its {@code type} as the protocol spells it, or {@link #UNKNOWN_TYPE}
   */
  default void frameReceived(String type) {}

  /**
   * A frame was not parsed because nobody listens to its type. It was told to {@link #frameReceived} before. Pings, which
   * the client answers itself, are not skipped.
   *
   * @param type its {@code type} as the protocol spells it, or {@link #UNKNOWN_TYPE}
   */
  default void frameSkipped(String type) {}

  /** A frame came in that is no message: binary, no JSON, no object, no type, broken inside, or too large. */
  default void frameMalformed() {}

  /** A frame was handed to the socket: requests, updates, pongs. */
  default void frameSent() {}

  /**
   * Requests or updates begin to wait, because a server takes only so many frames a minute ({@code
   * framesPerMinute(…)}).
   *
   * @param wait how long until the next may go
   */
  default void sendingPaced(Duration wait) {}

  /** A message was dropped because listeners were too slow ({@code OverflowStrategy.DROP_OLDEST} only). */
  default void messageDropped() {}

  /** A listener threw. */
  default void listenerFailed() {}

  /**
   * An open connection or an attempt was lost, and another attempt follows.
   *
   * @param cause why
   * @param attempt the number of the attempt that follows, from 1
   */
  default void reconnecting(DisconnectCause cause, int attempt) {}

  /** A connection was opened. */
  default void connected() {}

  /**
   * The client gave up: no attempt follows.
   *
   * @param cause why the last attempt failed
   */
  default void gaveUp(DisconnectCause cause) {}

  /**
   * A request ended.
   *
   * @param type the request's type as the protocol spells it, such as {@code get_session_state}
   * @param outcome how it ended
   * @param latency the time from the call to the end
   */
  default void requestEnded(String type, RequestOutcome outcome, Duration latency) {}

  /**
   * A published update ended.
   *
   * @param outcome how it ended
   */
  default void updateEnded(UpdateOutcome outcome) {}

  /**
   * A published update was delivered; told besides {@link #updateEnded}.
   *
   * @param path the way that it took
   * @param latency the time from the call to the server's relay or answer
   */
  default void updateDelivered(PublishTransport path, Duration latency) {}
}
