package io.agentcraft.client.listener;

import io.agentcraft.client.message.ServerMessage;

/** Receives messages of all types. */
@FunctionalInterface
public interface ServerMessageListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param message the message
   */
  void onMessage(ServerMessage message);
}
