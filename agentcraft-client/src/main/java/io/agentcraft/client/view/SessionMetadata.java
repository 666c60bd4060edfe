package io.agentcraft.client.view;

import io.agentcraft.client.internal.guard.FreeJson;
import io.agentcraft.client.message.Details;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of an {@code agent_status} says about the agent's session, and about the agent what only session events have
 * fields for.
 *
 * @param others the rest of the metadata
 */
record SessionMetadata(
    String sessionId,
    @Nullable String query,
    @Nullable String phase,
    String status,
    @Nullable String result,
    @Nullable String error,
    List<@Nullable Object> output,
    @Nullable Details details,
    Map<String, @Nullable Object> others) {

  private static final String ID = "session_id";
  private static final String QUERY = "session_query";
  private static final String PHASE = "session_phase";
  private static final String STATUS = "session_status";
  private static final String RESULT = "session_result";
  private static final String ERROR = "session_error";
  private static final String OUTPUT = "session_output";
  private static final String DETAILS = "details";
  private static final Set<String> KEYS =
      Set.of(ID, QUERY, PHASE, STATUS, RESULT, ERROR, OUTPUT, DETAILS);

  /** Returns what the metadata says; {@code null} if it names no session. */
  static @Nullable SessionMetadata of(Map<String, @Nullable Object> metadata) {
    String id = metadata.isEmpty() ? null : text(metadata.get(ID));
    if (id == null || id.isEmpty()) {
      return null;
    }
    String status = text(metadata.get(STATUS));
    Object output = metadata.get(OUTPUT);
    Object details = metadata.get(DETAILS);
    Map<String, @Nullable Object> others = new LinkedHashMap<>(metadata);
    others.keySet().removeAll(KEYS);
    return new SessionMetadata(
        id,
        text(metadata.get(QUERY)),
        text(metadata.get(PHASE)),
        status == null ? "" : status,
        text(metadata.get(RESULT)),
        text(metadata.get(ERROR)),
        outputOf(output),
        details == null ? null : new Details(details),
        FreeJson.copyOf(others));
  }

  /** Returns any JSON as text; {@code null} for null. */
  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value instanceof String text ? text : new Details(value).text();
  }

  private static List<@Nullable Object> outputOf(@Nullable Object output) {
    if (output == null) {
      return List.of();
    }
    return output instanceof List<?> list ? FreeJson.copyOf(list) : List.of(output);
  }
}
