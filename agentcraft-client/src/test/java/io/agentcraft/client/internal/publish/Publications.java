package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes publications whose message tells them apart. */
final class Publications {

  private Publications() {}

  /** An update that newer ones may replace. */
  static Publication update(String agentId, String message) {
    return make(agentId, message, AgentStatus.PROCESSING);
  }

  /** An update that is kept. */
  static Publication last(String agentId, String message) {
    return make(agentId, message, AgentStatus.COMPLETED);
  }

  static List<String> names(List<Publication> publications) {
    return publications.stream().map(one -> one.update().message()).toList();
  }

  private static Publication make(String agentId, String message, AgentStatus status) {
    AgentStatusUpdate update = AgentStatusUpdate.builder(agentId, "Agent " + agentId)
        .status(status)
        .progress(50)
        .message(message)
        .build();
    return new Publication(
        update, () -> message, null, status.isFinal(), 0, new CompletableFuture<>());
  }
}
