package io.agentcraft.client.listener;

import io.agentcraft.client.connection.ConnectionState;

/** Receives every change of the connection's state. {@code CONNECTED} always precedes the first message of a connection. */
@FunctionalInterface
public interface ConnectionListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param state the new state
   */
  void onConnectionState(ConnectionState state);
}
