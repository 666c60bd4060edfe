package io.agentcraft.client.listener;

import io.agentcraft.client.error.AgentCraftException;

/** Receives errors that do not affect the connection: malformed frames and exceptions thrown by listeners. */
@FunctionalInterface
public interface ErrorListener {

  /**
   * Called on the callback executor, one call at a time. An exception thrown here is logged.
   *
   * @param error the error
   */
  void onError(AgentCraftException error);
}
