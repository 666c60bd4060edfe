package io.agentcraft.client.publish;

import java.time.Duration;
import java.util.Objects;

/**
 * The outcome of an update that did not fail. A minor version may add permitted types: keep a {@code default} branch, or use
 * {@link #isDelivered()}.
 */
public sealed interface PublishReceipt {

  /**
   * The server has the update: it relayed the update over the WebSocket, or accepted it over HTTP.
   *
   * <p>An AgentCraft server relays everything that is posted over HTTP to all its WebSocket clients. While this client has a
   * WebSocket open, a post counts as delivered only once the server was seen to relay a post of this client; until then the
   * receipt is {@link Accepted}. Without an open WebSocket, the HTTP response is all there is to go by.
   *
   * @param transport {@link PublishTransport#WEBSOCKET} or {@link PublishTransport#HTTP}
   * @param latency the time from the call to the server's confirmation
   */
  record Delivered(PublishTransport transport, Duration latency) implements PublishReceipt {
    /**
     * Checks that nothing is {@code null}.
     *
     * @param transport the transport
     * @param latency the time
     */
    public Delivered {
      Objects.requireNonNull(transport, "transport");
      Objects.requireNonNull(latency, "latency");
    }
  }

  /**
   * A server accepted the update over HTTP, but does not relay posts over the open WebSocket, so it may not be the server
   * that the WebSocket is connected to. Set {@code httpBaseUrl(…)} in the builder to the server that handles {@code
   * /api/ws/broadcast}. Server instances behind a load balancer that do not share their clients look the same.
   *
   * <p>The client checks once whether posts are relayed: receipts of its first posts wait for up to 2 seconds. Updates do
   * not wait. If a post is relayed later, receipts after it are {@link Delivered}.
   *
   * @param transport {@link PublishTransport#HTTP}
   * @param latency the time from the call to the response
   */
  record Accepted(PublishTransport transport, Duration latency) implements PublishReceipt {
    /**
     * Checks that nothing is {@code null}.
     *
     * @param transport the transport
     * @param latency the time
     */
    public Accepted {
      Objects.requireNonNull(transport, "transport");
      Objects.requireNonNull(latency, "latency");
    }
  }

  /** A newer update of the same agent replaced the update before the server confirmed it. */
  record Superseded() implements PublishReceipt {}

  /**
   * Returns whether the server that the client is configured for is known to have the update.
   *
   * @return {@code true} for {@link Delivered}, {@code false} for {@link Accepted} and {@link Superseded}
   */
  default boolean isDelivered() {
    return this instanceof Delivered;
  }
}
