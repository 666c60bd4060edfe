package io.agentcraft.client.message;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log line, whether it comes from {@link SessionLogs} or from a {@link CrewAiLog}.
 *
 * @param sessionId the session that the line belongs to; {@code null} if absent
 * @param timestamp the time of the line; {@code null} if absent
 * @param level the level in upper case, for example {@code INFO}; empty if absent
 * @param agent the name of the agent that the line is about; {@code null} if absent
 * @param message the line as text for people; empty if there is none
 * @param details text or an object; {@code null} if absent
 * @param source the message that the line comes from
 */
public record LogLine(
    @Nullable String sessionId,
    @Nullable WireTime timestamp,
    String level,
    @Nullable String agent,
    String message,
    @Nullable Details details,
    ServerMessage source) {

  /**
   * Checks that level, message and source are not {@code null}.
   *
   * @param sessionId the session that the line belongs to; {@code null} if absent
   * @param timestamp the time of the line; {@code null} if absent
   * @param level the level in upper case, for example {@code INFO}; empty if absent
   * @param agent the name of the agent that the line is about; {@code null} if absent
   * @param message the line as text for people; empty if there is none
   * @param details text or an object; {@code null} if absent
   * @param source the message that the line comes from
   */
  public LogLine {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(source, "source");
  }

  /**
   * Creates the line of a live log message.
   *
   * @param frame the message
   * @return the line, without level and logger name in its text if possible
   */
  public static LogLine of(CrewAiLog frame) {
    CrewAiLog.Line log = frame.log();
    String agent = log.agentInfo() == null ? null : log.agentInfo().agentName();
    WireTime time = log.timestamp() != null ? log.timestamp() : frame.timestamp();
    String message = firstOf(log.rawMessage(), log.message());
    Details details = log.data() == null ? null : Details.of(log.data());
    return new LogLine(log.sessionId(), time, level(log.level()), agent, message, details, frame);
  }

  /**
   * Creates the line of an entry of a session's logs.
   *
   * @param frame the message
   * @param entry one of its entries
   * @return the line; for an entry without a message, its text consists of status and task
   */
  public static LogLine of(SessionLogs frame, LogEntry entry) {
    String message = entry.message() != null ? entry.message() : activity(entry);
    return new LogLine(
        frame.sessionId(),
        entry.timestamp(),
        level(entry.level()),
        entry.agent(),
        message,
        entry.details(),
        frame);
  }

  private static String activity(LogEntry entry) {
    StringBuilder words = new StringBuilder(firstOf(entry.status(), null));
    append(words, ": ", entry.task());
    return words.toString();
  }

  private static void append(StringBuilder words, String separator, @Nullable String more) {
    if (more != null && !more.isEmpty()) {
      words.append(words.isEmpty() ? "" : separator).append(more);
    }
  }

  private static String level(@Nullable String level) {
    return level == null ? "" : level.toUpperCase(Locale.ROOT);
  }

  private static String firstOf(@Nullable String first, @Nullable String second) {
    return first != null ? first : second != null ? second : "";
  }
}
