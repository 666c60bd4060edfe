package io.agentcraft.client.metrics;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Receives the events of a client, to be counted and timed. Override the methods that you need; by default they do nothing.
 *
 * <p>Methods are called on the thread where the event occurs, including the one that reads from the network, so they must
 * return at once and be thread-safe. An exception thrown by an implementation is logged, at most once a minute, and otherwise
 * ignored. One instance may serve several clients.
 */
public interface ClientMetrics {

  /** Used for message types that the protocol does not define, so that a server cannot create any number of meters. */
  String UNKNOWN_TYPE = "unknown";

  /** The outcome of a request. */
  enum RequestOutcome {
    /** The server answered. */
    ANSWERED,
    /** The server does not know the session. */
    NOT_FOUND,
    /** The server did not answer within the request timeout. */
    TIMED_OUT,
    /** The client gave up or was closed, the request was rejected, or the caller cancelled it. */
    FAILED
  }

  /** The outcome of a published update. */
  enum UpdateOutcome {
    /** The update reached the server. */
    DELIVERED,
    /** A server accepted it over HTTP, but posts do not arrive on the open socket: it may be another server. */
    ACCEPTED,
    /** A newer update of the same agent replaced it before it was sent. */
    SUPERSEDED,
    /** The update did not reach the server. */
    FAILED
  }

  /**
   * A client was built.
   *
   * @param queuedCallbacks returns the current number of queued callbacks; may be called from any thread, even after the
   *     client was closed
   */
  default void clientBuilt(IntSupplier queuedCallbacks) {}

  /**
   * A client was closed, and its queue is no longer of interest.
   *
   * @param queuedCallbacks the same object as in {@link #clientBuilt}
   */
  default void clientClosed(IntSupplier queuedCallbacks) {}

  /**
   * A text frame with a message type was received, whether or not anything handles that type.
   *
   * @param type the message type as the protocol spells it, or {@link #UNKNOWN_TYPE}
   */
  default void frameReceived(String type) {}

  /**
   * A received frame was not parsed because nothing handles its type. Called after {@link #frameReceived}. Pings are never
   * skipped, because the client answers them itself.
   *
   * @param type the message type as the protocol spells it, or {@link #UNKNOWN_TYPE}
   */
  default void frameSkipped(String type) {}

  /**
   * A received frame is not a valid message: it is binary, not a JSON object, without a type, malformed inside, or too large.
   */
  default void frameMalformed() {}

  /** A frame was handed to the socket: a request, an update or a pong. */
  default void frameSent() {}

  /**
   * Requests or updates are being delayed by the rate limit ({@code framesPerMinute(…)}).
   *
   * @param wait the time until the next frame may be sent
   */
  default void sendingPaced(Duration wait) {}

  /** A message was dropped because listeners were too slow. Happens with {@code OverflowStrategy.DROP_OLDEST} only. */
  default void messageDropped() {}

  /** A listener threw an exception. */
  default void listenerFailed() {}

  /**
   * An open connection was lost or an attempt failed, and the client will reconnect.
   *
   * @param cause why the connection or the attempt ended
   * @param attempt the number of the next attempt, from 1
   */
  default void reconnecting(DisconnectCause cause, int attempt) {}

  /** A connection was opened. */
  default void connected() {}

  /**
   * The client gave up and will not reconnect.
   *
   * @param cause why the last attempt failed
   */
  default void gaveUp(DisconnectCause cause) {}

  /**
   * A request has ended.
   *
   * @param type the type of the request as the protocol spells it, such as {@code get_session_state}
   * @param outcome the outcome
   * @param latency the time from the call to its end
   */
  default void requestEnded(String type, RequestOutcome outcome, Duration latency) {}

  /**
   * A published update has ended.
   *
   * @param outcome the outcome
   */
  default void updateEnded(UpdateOutcome outcome) {}

  /**
   * A published update was delivered. Called in addition to {@link #updateEnded}.
   *
   * @param transport the transport that delivered it
   * @param latency the time from the call to the server's confirmation
   */
  default void updateDelivered(PublishTransport transport, Duration latency) {}
}
