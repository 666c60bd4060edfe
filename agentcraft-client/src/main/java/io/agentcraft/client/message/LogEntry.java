package io.agentcraft.client.message;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@link SessionLogs}. The documented server fills {@code level}, {@code agent} and {@code message}; the
 * deployed backend fills {@code type} and, by it, {@code agent}, {@code status} and {@code task}, or {@code message}.
 *
 * @param timestamp when; {@code null} if absent
 * @param level the level as the server words it, for example {@code info}; {@code null} if absent
 * @param type {@code agent_activity} or {@code crew_activity} on the deployed backend; {@code null} if absent
 * @param agent the name of the agent that it is about; {@code null} if absent
 * @param status the agent's status as the server words it; {@code null} if absent
 * @param task what the agent works on; {@code null} if absent
 * @param message the line itself; {@code null} if absent
 * @param details more, as text or as an object; {@code null} if absent
 */
public record LogEntry(
    @Nullable WireTime timestamp,
    @Nullable String level,
    @Nullable String type,
    @Nullable String agent,
    @Nullable String status,
    @Nullable String task,
    @Nullable String message,
    @Nullable Details details) {

  /**
   * An entry in the documented form, with no details.
   *
   * @param timestamp when
   * @param level the level, for example {@code info}
   * @param agent the name of the agent
   * @param message the line itself
   * @return the entry
   */
  public static LogEntry documented(
      WireTime timestamp, String level, String agent, String message) {
    return new LogEntry(timestamp, level, null, agent, null, null, message, Details.EMPTY);
  }
}
