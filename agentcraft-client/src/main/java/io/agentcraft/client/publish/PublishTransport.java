package io.agentcraft.client.publish;

/** How updates are sent to the server. */
public enum PublishTransport {
  /**
   * Over {@link #HTTP} if the server has a broadcast endpoint, otherwise over the WebSocket. The client asks the server once,
   * before the first update. Where the answer leaves it open, and where posts turn out not to be relayed, one update over
   * the WebSocket decides: if the server does not relay it within 5 seconds, that update and all later ones are sent over
   * HTTP.
   *
   * <p>The client remembers the result for its lifetime, but where the WebSocket has worked before, tries it again after each
   * reconnect. It also falls back to HTTP if a server stops relaying for 15 seconds, and while the client has given up
   * connecting. Then, what is published after 30 seconds makes it connect again.
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
