package io.agentcraft.client.connection;

/** Where a client stands. */
public enum ConnectionStatus {
  /** Not asked to connect yet. */
  DISCONNECTED,
  /** The first handshake is under way. */
  CONNECTING,
  /** The WebSocket is open. */
  CONNECTED,
  /** The connection was lost or refused; the client waits for the next attempt, or makes it. */
  RECONNECTING,
  /** The client gave up. {@code connect()} starts anew. */
  FAILED,
  /** Closed by its owner, for good. */
  CLOSED
}
