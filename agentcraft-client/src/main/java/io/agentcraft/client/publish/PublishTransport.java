package io.agentcraft.client.publish;

/** How updates reach the server. */
public enum PublishTransport {
  /**
   * Over the socket first; when the server does not relay the first update back within 5 s, that update and all later ones
   * go by {@link #HTTP}. What was found out is kept for the life of the client; where the socket had worked, it is tried
   * again after each reconnect. A server that relayed and then does not for 15 s is left for HTTP too, and so is one that
   * the client gave up connecting to, until there is a connection.
   */
  AUTO,
  /** As {@code agent_status} frames over the WebSocket, which is opened by the first update if need be. */
  WEBSOCKET,
  /**
   * By {@code POST /api/ws/broadcast} beside the socket's address, or where the builder's {@code httpBaseUrl(…)} says. Needs no
   * WebSocket and opens none.
   */
  HTTP
}
