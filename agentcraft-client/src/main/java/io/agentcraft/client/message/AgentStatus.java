package io.agentcraft.client.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does. The set is open on the wire: a status that this version does not know is {@link #UNKNOWN}, and
 * the record that holds it keeps the text beside it. Letter case never matters, and the deployed backend's {@code
 * finished} is {@link #COMPLETED}.
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
  /** About to finish; only the deployed backend sends it. */
  COMPLETING,
  /** Task finished. */
  COMPLETED,
  /** An error occurred. */
  ERROR,
  /** A status that this version does not know; see the status text beside it. */
  UNKNOWN;

  private static final Map<String, AgentStatus> BY_TEXT = byText();

  /**
   * Reads a status as it is on the wire, in any letter case.
   *
   * @param text the wire text; may be {@code null}
   * @return the status; {@link #UNKNOWN} for {@code null} and for a text not known
   */
  public static AgentStatus fromWire(@Nullable String text) {
    if (text == null) {
      return UNKNOWN;
    }
    AgentStatus exact = BY_TEXT.get(text);
    return exact != null ? exact : BY_TEXT.getOrDefault(text.toUpperCase(Locale.ROOT), UNKNOWN);
  }

  /**
   * Returns the text of this status in the documented form.
   *
   * @return the name in upper case
   */
  public String wireText() {
    return name();
  }

  /**
   * Tells whether this status ends a piece of work: {@link #COMPLETED} or {@link #ERROR}.
   *
   * @return {@code true} for a final status
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
