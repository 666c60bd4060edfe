package io.agentcraft.client.listener;

import io.agentcraft.client.connection.ConnectionState;

/** Hears every change of the connection's state. "Connected" always comes before the first message of that connection. */
@FunctionalInterface
public interface ConnectionListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param state the new state
   */
  void onConnectionState(ConnectionState state);
}
