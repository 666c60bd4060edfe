package io.agentcraft.client.connection;

/** The phase that a client's connection is in. */
public enum ConnectionStatus {
  /** {@code connect()} has not been called yet. */
  DISCONNECTED,
  /** The first handshake is in progress. */
  CONNECTING,
  /** The WebSocket is open. */
  CONNECTED,
  /** The connection was lost or refused. The client is waiting for the next attempt, or making it. */
  RECONNECTING,
  /** The client gave up. Call {@code connect()} to start again. */
  FAILED,
  /** The client was closed and cannot be used again. */
  CLOSED
}
