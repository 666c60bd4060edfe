package io.agentcraft.client.message;

import io.agentcraft.client.internal.guard.FreeJson;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live log line of the deployed backend ({@code crewai_log}), which every client receives.
 *
 * @param timestamp the time of sending in epoch seconds; {@code null} if absent
 * @param log the line
 */
public record CrewAiLog(@Nullable WireTime timestamp, Line log) implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "crewai_log";

  /**
   * Checks that the line is not {@code null}.
   *
   * @param timestamp the time of sending in epoch seconds; {@code null} if absent
   * @param log the line
   */
  public CrewAiLog {
    Objects.requireNonNull(log, "log");
  }

  @Override
  public String type() {
    return TYPE;
  }

  /**
   * The line itself. Every component may be absent: the line of a manual event has {@code eventType}, {@code message},
   * {@code data} and {@code source}, and no level.
   *
   * @param timestamp the time of the line in epoch seconds; {@code null} if absent
   * @param datetime the same time as ISO text without a zone; {@code null} if absent
   * @param sessionId the session's id, which is only a hint: the backend labels all lines with the session that any
   *     client requested last; {@code null} if absent
   * @param level {@code INFO}, {@code WARNING}, …; {@code null} if absent
   * @param logger the name of the Python logger; {@code null} if absent
   * @param message the formatted line; {@code null} if absent
   * @param rawMessage the line without level and logger name; {@code null} if absent
   * @param source where the line comes from, for example {@code python_logger}; {@code null} if absent
   * @param module the Python module; {@code null} if absent
   * @param function the Python function; {@code null} if absent
   * @param line the line number in the Python module; {@code null} if absent
   * @param eventType the kind of event, for example {@code task_start}; {@code null} if absent
   * @param agentInfo the agent that the line is about; {@code null} if absent
   * @param data the free-form JSON of a manual event, deeply unmodifiable; {@code null} if absent
   */
  public record Line(
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
     * Copies the data.
     *
     * @param timestamp the time of the line in epoch seconds; {@code null} if absent
     * @param datetime the same time as ISO text without a zone; {@code null} if absent
     * @param sessionId the session's id, which is only a hint: the backend labels all lines with the session that any
     *     client requested last; {@code null} if absent
     * @param level {@code INFO}, {@code WARNING}, …; {@code null} if absent
     * @param logger the name of the Python logger; {@code null} if absent
     * @param message the formatted line; {@code null} if absent
     * @param rawMessage the line without level and logger name; {@code null} if absent
     * @param source where the line comes from, for example {@code python_logger}; {@code null} if absent
     * @param module the Python module; {@code null} if absent
     * @param function the Python function; {@code null} if absent
     * @param line the line number in the Python module; {@code null} if absent
     * @param eventType the kind of event, for example {@code task_start}; {@code null} if absent
     * @param agentInfo the agent that the line is about; {@code null} if absent
     * @param data the free-form JSON of a manual event, deeply unmodifiable; {@code null} if absent
     */
    public Line {
      data = data == null ? null : FreeJson.copyOf(data);
    }
  }

  /**
   * The agent that a line is about.
   *
   * @param agentName the agent's name; {@code null} if absent
   * @param task the agent's task; {@code null} if absent
   */
  public record AgentInfo(
      @Nullable String agentName, @Nullable String task) {}
}
