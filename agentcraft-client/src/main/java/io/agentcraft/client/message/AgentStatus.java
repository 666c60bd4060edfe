package io.agentcraft.client.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of an agent. Servers may send others: a status that this version does not know is {@link #UNKNOWN}, and
 * the record keeps its text. Case is ignored, and the deployed backend's {@code finished} is {@link #COMPLETED}.
 */
public enum AgentStatus {
  /** Not active. */
  IDLE,
  /** Analyzing the query. */
  ANALYZING,
  /** Executing a task. */
  PROCESSING,
  /** Working with other agents. */
  COLLABORATING,
  /** About to finish. Only the deployed backend sends it. */
  COMPLETING,
  /** Task finished. */
  COMPLETED,
  /** An error occurred. */
  ERROR,
  /** A status that this version does not know. See the record's status text. */
  UNKNOWN;

  private static final Map<String, AgentStatus> BY_TEXT = byText();

  /**
   * Returns the status of a wire text, in any case.
   *
   * @param text the wire text; may be {@code null}
   * @return the status; {@link #UNKNOWN} for {@code null} and for an unknown text
   */
  public static AgentStatus fromWire(@Nullable String text) {
    if (text == null) {
      return UNKNOWN;
    }
    AgentStatus exact = BY_TEXT.get(text);
    return exact != null ? exact : BY_TEXT.getOrDefault(text.toUpperCase(Locale.ROOT), UNKNOWN);
  }

  /**
   * Returns the wire text of this status in the documented form.
   *
   * @return the name in upper case
   */
  public String wireText() {
    return name();
  }

  /**
   * Returns whether this status ends a task.
   *
   * @return {@code true} for {@link #COMPLETED} and {@link #ERROR}
   */
  public boolean isFinal() {
    return this == COMPLETED || this == ERROR;
  }

  private static Map<String, AgentStatus> byText() {
    Map<String, AgentStatus> map = new HashMap<>();
    for (AgentStatus status : values()) {
      if (status != UNKNOWN) {
        map.put(status.name(), status);
        map.put(status.name().toLowerCase(Locale.ROOT), status);
      }
    }
    map.put("FINISHED", COMPLETED);
    map.put("finished", COMPLETED);
    return map;
  }
}
