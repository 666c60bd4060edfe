package io.agentcraft.examples.cli;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.MalformedMessageException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Reads updates that people write: one JSON object with the fields of {@code agent_status} and, for a session, {@code
 * session}, {@code query}, {@code phase} and {@code output}. Only {@code status} is required, or one of the last two.
 */
final class UpdateReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final MessageCodec CODEC = MessageCodec.create();

  private final Update defaults;

  /**
   * Something to publish.
   *
   * @param agentId the agent that it is about
   * @param agentName its name
   * @param status the status that the agent enters; {@code null} for none
   * @param session the session that it is part of, empty for one with an id of its own; {@code null} for none
   * @param query what the session works on; {@code null} if unknown
   * @param phase the phase that the session enters; {@code null} for none
   * @param output output of the agent; {@code null} for none
   */
  record Update(
      String agentId,
      String agentName,
      @Nullable AgentStatusUpdate status,
      @Nullable String session,
      @Nullable String query,
      @Nullable String phase,
      @Nullable String output) {

    Update {
      if (session == null && (query != null || phase != null || output != null)) {
        session = "";
      }
    }

    Update with(AgentStatusUpdate newStatus) {
      return new Update(agentId, agentName, newStatus, session, query, phase, output);
    }
  }

  /**
   * Creates a reader.
   *
   * @param defaults the agent of updates that name none, and the session of those that name none
   */
  UpdateReader(Update defaults) {
    this.defaults = defaults;
  }

  /**
   * Reads one update.
   *
   * @param line one JSON object
   * @return the update, with the current time
   * @throws IllegalArgumentException if the line is not such an object, with what is wrong
   */
  Update read(String line) {
    ObjectNode object = object(line);
    String session = text(object, "session");
    String query = text(object, "query");
    Update update = new Update(
        requireNonNullElse(text(object, "agent_id"), defaults.agentId()),
        requireNonNullElse(text(object, "agent_name"), defaults.agentName()),
        null,
        session == null ? defaults.session() : session,
        query == null ? defaults.query() : query,
        text(object, "phase"),
        text(object, "output"));
    boolean isNews = update.phase() != null || update.output() != null;
    return isNews && !object.hasNonNull("status") ? update : update.with(status(object, update));
  }

  private static AgentStatusUpdate status(ObjectNode object, Update update) {
    object.put("type", AgentStatusUpdate.TYPE);
    object.put("agent_id", update.agentId());
    object.put("agent_name", update.agentName());
    if (!object.hasNonNull("progress")) {
      object.put("progress", usualProgress(object.path("status").asText()));
    }
    return checked((AgentStatusUpdate) decoded(object.toString()));
  }

  private static @Nullable String text(ObjectNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isContainerNode()) {
      throw new IllegalArgumentException("\"" + name + "\" is not a text.");
    }
    return value.isMissingNode() || value.isNull() ? null : value.asText();
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

  /** Returns the progress of an agent of which only the status is known. */
  static double usualProgress(String status) {
    return status.equalsIgnoreCase("completed") ? 100 : 0;
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
