package io.agentcraft.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;

/**
 * Reads updates that people write: one JSON object with the fields of {@code agent_status}, of which only {@code status} is
 * required.
 */
final class UpdateReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final MessageCodec CODEC = MessageCodec.create();

  private final String agentId;
  private final String agentName;

  /**
   * Creates a reader.
   *
   * @param agentId the agent of updates that name none
   * @param agentName its name
   */
  UpdateReader(String agentId, String agentName) {
    this.agentId = agentId;
    this.agentName = agentName;
  }

  /**
   * Reads one update.
   *
   * @param line one JSON object
   * @return the update, with the current time
   * @throws IllegalArgumentException if the line is not such an object, with what is wrong
   */
  AgentStatusUpdate read(String line) {
    ObjectNode object = object(line);
    object.put("type", AgentStatusUpdate.TYPE);
    if (!object.hasNonNull("agent_id")) {
      object.put("agent_id", agentId);
    }
    if (!object.hasNonNull("agent_name")) {
      object.put("agent_name", agentName);
    }
    if (!object.hasNonNull("progress")) {
      boolean completed = object.path("status").asText().equalsIgnoreCase("completed");
      object.put("progress", completed ? 100 : 0);
    }
    return checked((AgentStatusUpdate) decoded(object.toString()));
  }

  /**
   * Reads a status.
   *
   * @param text the status, in any letter case
   * @return the status
   * @throws IllegalArgumentException if there is no such status
   */
  static AgentStatus status(String text) {
    AgentStatus status = AgentStatus.fromWire(text);
    if (status == AgentStatus.UNKNOWN) {
      throw new IllegalArgumentException("There is no status \"" + text
          + "\". Use idle, analyzing, processing, collaborating, completed or error.");
    }
    return status;
  }

  private static AgentStatusUpdate checked(AgentStatusUpdate read) {
    return AgentStatusUpdate.builder(read.agentId(), read.agentName())
        .status(status(read.statusText()))
        .progress(read.progress())
        .message(read.message())
        .metadata(read.metadata())
        .build();
  }

  private static Object decoded(String frame) {
    try {
      return CODEC.decodeClient(frame);
    } catch (MalformedMessageException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  private static ObjectNode object(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException(
          "This is not JSON: " + notJson.getOriginalMessage(), notJson);
    }
    throw new IllegalArgumentException(
        "A line is one JSON object, for example {\"status\": \"processing\", \"progress\": 40}.");
  }
}
