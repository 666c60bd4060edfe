package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.time.Instant;

/** Updates that a test can tell apart. */
final class Updates {

  /** The latest update of an agent stands for those before it. */
  static final ThrottledListener.Conflation<AgentStatusUpdate> LATEST =
      new ThrottledListener.Conflation<>() {
        @Override
        public Object key(AgentStatusUpdate update) {
          return update.agentId();
        }

        @Override
        public AgentStatusUpdate combine(AgentStatusUpdate held, AgentStatusUpdate newer) {
          return newer;
        }

        @Override
        public long size(AgentStatusUpdate update) {
          return MessageSize.of(update);
        }

        @Override
        public boolean isUrgent(AgentStatusUpdate update) {
          return false;
        }
      };

  private Updates() {}

  static AgentStatusUpdate update(String agentId, String message) {
    return AgentStatusUpdate.builder(agentId, agentId)
        .status(AgentStatus.PROCESSING)
        .message(message)
        .timestamp(Instant.EPOCH)
        .build();
  }
}
