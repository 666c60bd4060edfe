package io.agentcraft.client.listener;

import io.agentcraft.client.message.AgentStatusUpdate;

/** Receives {@code agent_status}. */
@FunctionalInterface
public interface AgentStatusListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param update the update
   */
  void onAgentStatus(AgentStatusUpdate update);
}
