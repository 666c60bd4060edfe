package io.agentcraft.client.listener;

import io.agentcraft.client.message.UnknownMessage;

/** Receives messages of types that this version does not know. */
@FunctionalInterface
public interface UnknownMessageListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param message the message
   */
  void onUnknownMessage(UnknownMessage message);
}
