package io.agentcraft.client.listener;

import io.agentcraft.client.message.AgentCollaboration;

/** Receives {@code agent_collaboration}. */
@FunctionalInterface
public interface AgentCollaborationListener {

  /**
   * Called on the callback executor, one call at a time.
   *
   * @param collaboration the collaboration
   */
  void onAgentCollaboration(AgentCollaboration collaboration);
}
