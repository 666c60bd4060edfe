package io.agentcraft.client.it.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the deployed web page shows: the reading rules of its two components. A frame that a component cannot read throws
 * there, and so it does here.
 */
final class Pages {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The component that the page opens, which reads {@code data}: agents at work by name, while a session runs. */
  static final class Demo {

    private @Nullable String session;
    private final Map<String, String> agents = new LinkedHashMap<>();

    void read(JsonNode frame) {
      String type = frame.path("type").textValue();
      JsonNode data = frame.get("data");
      switch (type) {
        case "session_started" -> {
          session = frame.path("session_id").textValue();
          agents.clear();
          required(data, "agent_names");
        }
        case "agent_status_update" -> {
          if (isMine(data)) {
            agents.put(
                required(data, "agent_name").textValue(),
                required(data, "status").textValue().toLowerCase(Locale.ROOT) + "|"
                    + data.path("current_task").asText() + "|"
                    + Math.round(data.path("progress").asDouble()));
          }
        }
        case "phase_update", "crew_output" -> {
          boolean unused = isMine(data);
        }
        case "session_complete", "session_error" -> {
          if (isMine(data)) {
            session = null;
          }
        }
        default -> {
          // Logged as unknown.
        }
      }
    }

    private boolean isMine(JsonNode data) {
      return required(data, "session_id").textValue().equals(session) || session == null;
    }

    /** The agents as the page shows them: nothing unless a session runs. */
    List<String> shows() {
      List<String> shown = new ArrayList<>();
      agents.forEach((name, agent) -> {
        if (session != null && !agent.startsWith("idle")) {
          shown.add(name + "|" + agent);
        }
      });
      return shown;
    }
  }

  /** The other component, which reads {@code state}: agents with their status, task and progress. */
  static final class Chat {

    private final Map<String, String> agents = new LinkedHashMap<>();

    void read(JsonNode frame) {
      switch (frame.path("type").textValue()) {
        case "session_started", "agent_status_update", "phase_update" -> {
          JsonNode active = frame.path("state").path("active_agents");
          if (active.isArray()) {
            agents.clear();
            active.forEach(agent -> agents.put(
                agent.path("agent_name").textValue(),
                agent.path("status").textValue() + "|"
                    + agent.path("current_task").asText() + "|"
                    + Math.round(agent.path("progress").asDouble())));
          }
        }
        case "session_completed" ->
          agents.replaceAll((name, agent) ->
              agent.replaceFirst("^[^|]*", "finished").replaceFirst("[^|]*$", "100"));
        default -> {
          // Not read.
        }
      }
    }

    List<String> shows() {
      return agents.entrySet().stream()
          .map(agent -> agent.getKey() + "|" + agent.getValue())
          .toList();
    }
  }

  private static JsonNode required(@Nullable JsonNode data, String field) {
    JsonNode value = data == null ? null : data.get(field);
    if (value == null || value.isNull()) {
      throw new AssertionError("The page cannot read this frame: data." + field + " is missing");
    }
    return value;
  }

  static JsonNode parse(String frame) {
    try {
      return MAPPER.readTree(frame);
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  private Pages() {}
}
