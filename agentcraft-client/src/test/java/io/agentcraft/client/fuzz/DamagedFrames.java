package io.agentcraft.client.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Frames about sessions and agents with one value, at any depth, missing, null or of another type. */
public final class DamagedFrames {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> TYPES = Set.of(
      "session_started",
      "agent_status_update",
      "phase_update",
      "crew_output",
      "session_completed",
      "session_complete",
      "session_error",
      "session_state",
      "active_sessions",
      "agent_status");

  /** What stands in place of a value, and replaces it where it is of another type. */
  private static final List<JsonNode> VALUES = Stream.of(
          "null",
          "7",
          "\"text\"",
          "\"\"",
          "true",
          "[\"text\", null, {}, []]",
          "{\"name\": \"text\", \"content\": [7]}")
      .map(DamagedFrames::tree)
      .toList();

  /** The agent of a session in the documented form, with all that its metadata may say of the session. */
  private static final String STATUS_OF_A_SESSION = """
      {"type": "agent_status", "agent_id": "a", "agent_name": "Indexer", "status": "ERROR", "progress": 50,
       "message": "Reading", "timestamp": "2026-11-22T22:40:00.5Z", "metadata": {"session_id": "run_9",
       "session_query": "Index the repository", "session_phase": "review", "session_status": "failed",
       "session_error": "disk full", "session_result": "none", "details": {"why": ["disk full"]},
       "session_output": [{"type": "output", "content": "six files", "agent": "Indexer"}, "text"],
       "task": {"number": 7}}}
      """;

  private DamagedFrames() {}

  /** Returns the fullest frame of each type that tells of sessions and their agents, as each server sends it. */
  public static Stream<String> whole() {
    Map<String, String> fullest = new LinkedHashMap<>();
    Stream.concat(Frames.recorded().stream(), Stream.of(STATUS_OF_A_SESSION)).forEach(frame -> {
      JsonNode tree = tree(frame);
      String type = tree.path("type").asText();
      if (TYPES.contains(type)) {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        fullest.merge(type + names, tree.toString(), (a, b) -> a.length() >= b.length() ? a : b);
      }
    });
    return fullest.values().stream();
  }

  /** Returns all damaged forms of a frame. */
  public static List<String> of(String frame) {
    List<String> damaged = new ArrayList<>();
    JsonNode root = tree(frame);
    damage(root, root, damaged);
    return damaged;
  }

  private static void damage(JsonNode root, JsonNode at, List<String> damaged) {
    if (at instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.get(name);
        damage(root, value, damaged);
        for (JsonNode other : VALUES) {
          object.set(name, other);
          damaged.add(root.toString());
        }
        // It comes back as the last field, which must not matter either.
        object.remove(name);
        damaged.add(root.toString());
        object.set(name, value);
      }
    } else if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        damage(root, value, damaged);
        for (JsonNode other : VALUES) {
          array.set(i, other);
          damaged.add(root.toString());
        }
        array.remove(i);
        damaged.add(root.toString());
        array.insert(i, value);
      }
    }
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(json, impossible);
    }
  }
}
