package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;

/** Hears of a connection, on the loop; {@link #inbound} alone is called on the socket's reader thread. */
public interface ConnectionObserver {

  /**
   * Hears of a new state.
   *
   * @param endpoint where the server was looked for last
   */
  void onState(ConnectionState state, Endpoint endpoint);

  void onUp(Connection link, ConnectionState state);

  void onDown();

  void onGaveUp(DisconnectCause cause, int attempts, String reason);

  void onClosed();

  /** The connection has been silent although frames were sent: ask for something that every server answers. */
  void onProbeDue();

  /** Makes the way in for a new socket's frames. */
  InboundFrames inbound(Connection link, Runnable onFirstMessage);
}
