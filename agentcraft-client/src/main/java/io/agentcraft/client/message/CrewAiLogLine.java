package io.agentcraft.client.message;

import io.agentcraft.client.internal.json.FreeJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code log} of a {@link CrewAiLog}. A line that comes from a manual event has {@code eventType}, {@code message},
 * {@code data} and {@code source}, and no level. Everything may be absent.
 *
 * @param timestamp when the line was made, epoch seconds; {@code null} if absent
 * @param datetime the same as ISO text, without a zone; {@code null} if absent
 * @param sessionId the session that it belongs to; {@code null} if none is known
 * @param level {@code INFO}, {@code WARNING}, …; {@code null} if absent
 * @param logger the name of the Python logger; {@code null} if absent
 * @param message the formatted line; {@code null} if absent
 * @param rawMessage the line without level and logger name; {@code null} if absent
 * @param source where it comes from, for example {@code python_logger}; {@code null} if absent
 * @param module the Python module; {@code null} if absent
 * @param function the Python function; {@code null} if absent
 * @param line the line in the source file; {@code null} if absent
 * @param eventType what kind of event, for example {@code task_start}; {@code null} if absent
 * @param agentInfo the agent that it is about; {@code null} if absent
 * @param data free JSON of a manual event; deeply unmodifiable, {@code null} if absent
 */
public record CrewAiLogLine(
    @Nullable WireTime timestamp,
    @Nullable WireTime datetime,
    @Nullable String sessionId,
    @Nullable String level,
    @Nullable String logger,
    @Nullable String message,
    @Nullable String rawMessage,
    @Nullable String source,
    @Nullable String module,
    @Nullable String function,
    @Nullable Integer line,
    @Nullable String eventType,
    @Nullable AgentInfo agentInfo,
    @Nullable Map<String, @Nullable Object> data) {

  /**
   * Copies the map.
   *
   * @param timestamp when the line was made, epoch seconds; {@code null} if absent
   * @param datetime the same as ISO text, without a zone; {@code null} if absent
   * @param sessionId the session that it belongs to; {@code null} if none is known
   * @param level {@code INFO}, {@code WARNING}, …; {@code null} if absent
   * @param logger the name of the Python logger; {@code null} if absent
   * @param message the formatted line; {@code null} if absent
   * @param rawMessage the line without level and logger name; {@code null} if absent
   * @param source where it comes from, for example {@code python_logger}; {@code null} if absent
   * @param module the Python module; {@code null} if absent
   * @param function the Python function; {@code null} if absent
   * @param line the line in the source file; {@code null} if absent
   * @param eventType what kind of event, for example {@code task_start}; {@code null} if absent
   * @param agentInfo the agent that it is about; {@code null} if absent
   * @param data free JSON of a manual event; deeply unmodifiable, {@code null} if absent
   */
  public CrewAiLogLine {
    data = data == null ? null : FreeJson.copyOf(data);
  }

  /**
   * The agent that a log line is about.
   *
   * @param agentName its name; {@code null} if absent
   * @param task what it works on; {@code null} if absent
   */
  public record AgentInfo(
      @Nullable String agentName, @Nullable String task) {}
}
