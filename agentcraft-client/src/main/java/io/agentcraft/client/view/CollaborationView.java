package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentCollaboration;
import java.time.Instant;

/**
 * A collaboration that was told ({@code agent_collaboration}).
 *
 * @param collaboration the message
 * @param arrivedAt when it arrived, by this machine's clock
 * @param stale whether it arrived before the present connection began
 */
public record CollaborationView(
    AgentCollaboration collaboration, Instant arrivedAt, boolean stale) {

  CollaborationView asEarlier() {
    return new CollaborationView(collaboration, arrivedAt, true);
  }
}
