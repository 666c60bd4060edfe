package io.agentcraft.client.listener;

import io.agentcraft.client.message.ServerMessage;

/** Hears every message, whatever its type. */
@FunctionalInterface
public interface ServerMessageListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param message the message
   */
  void onMessage(ServerMessage message);
}
