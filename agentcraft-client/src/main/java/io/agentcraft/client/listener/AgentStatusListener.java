package io.agentcraft.client.listener;

import io.agentcraft.client.message.AgentStatusUpdate;

/** Hears {@code agent_status}. */
@FunctionalInterface
public interface AgentStatusListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param update the update
   */
  void onAgentStatus(AgentStatusUpdate update);
}
