package io.agentcraft.client.listener;

import io.agentcraft.client.error.AgentCraftException;

/** Hears what went wrong without ending anything: malformed frames, listeners that threw. */
@FunctionalInterface
public interface ErrorListener {

  /**
   * Called on the callback executor, one call at a time. What it throws is logged.
   *
   * @param error what went wrong
   */
  void onError(AgentCraftException error);
}
