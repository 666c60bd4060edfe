package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.time.Instant;

/** Updates that a test can tell apart. */
final class Updates {

  private Updates() {}

  static AgentStatusUpdate update(String agentId, String message) {
    return AgentStatusUpdate.builder(agentId, agentId)
        .status(AgentStatus.PROCESSING)
        .message(message)
        .timestamp(Instant.EPOCH)
        .build();
  }
}
