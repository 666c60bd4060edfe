package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.publish.Publication.Content;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import java.util.List;

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
    return publications.stream().map(one -> message(one)).toList();
  }

  static AgentStatusUpdate update(Publication publication) {
    return ((Content.Plain) publication.content()).update();
  }

  static String message(Publication publication) {
    return update(publication).message();
  }

  private static Publication make(String agentId, String message, AgentStatus status) {
    AgentStatusUpdate update = AgentStatusUpdate.builder(agentId, "Agent " + agentId)
        .status(status)
        .progress(50)
        .message(message)
        .build();
    return new Publication(agentId, null, new Content.Plain(update), status.isFinal(), 0);
  }
}
