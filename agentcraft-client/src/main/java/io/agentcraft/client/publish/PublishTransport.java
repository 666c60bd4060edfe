package io.agentcraft.client.publish;

/** How updates are sent to the server. */
public enum PublishTransport {
  /**
   * Over the WebSocket if the server relays the first update within 5 seconds; otherwise that update and all later ones are
   * sent over {@link #HTTP}. The client remembers the result for its lifetime, but where the WebSocket has worked before,
   * tries it again after each reconnect. It also falls back to HTTP if a server stops relaying for 15 seconds, and while the
   * client has given up connecting.
   */
  AUTO,
  /** As {@code agent_status} frames over the WebSocket. The first update connects the client if necessary. */
  WEBSOCKET,
  /**
   * As {@code POST /api/ws/broadcast} requests to the WebSocket's server, or to the builder's {@code httpBaseUrl(…)}. Needs
   * no WebSocket and opens none.
   */
  HTTP
}
