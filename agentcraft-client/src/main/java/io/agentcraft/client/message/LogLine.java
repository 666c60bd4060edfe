package io.agentcraft.client.message;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log line in one shape, whatever frame brought it: an entry of {@link SessionLogs} or a {@link CrewAiLog}.
 *
 * @param sessionId the session that it belongs to; {@code null} if the frame did not say
 * @param timestamp when; {@code null} if absent
 * @param level the level in upper case, for example {@code INFO}; empty if absent
 * @param agent the name of the agent that it is about; {@code null} if absent
 * @param message the line for people to read; empty if the frame had nothing to show
 * @param details more, as text or as an object; {@code null} if absent
 * @param source the message that brought it
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
   * @param sessionId the session that it belongs to; {@code null} if the frame did not say
   * @param timestamp when; {@code null} if absent
   * @param level the level in upper case, for example {@code INFO}; empty if absent
   * @param agent the name of the agent that it is about; {@code null} if absent
   * @param message the line for people to read; empty if the frame had nothing to show
   * @param details more, as text or as an object; {@code null} if absent
   * @param source the message that brought it
   */
  public LogLine {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(source, "source");
  }

  /**
   * Reads the line of a live log frame.
   *
   * @param frame the frame
   * @return its line; the raw message without the logger's prefix where there is one
   */
  public static LogLine of(CrewAiLog frame) {
    CrewAiLogLine log = frame.log();
    String agent = log.agentInfo() == null ? null : log.agentInfo().agentName();
    WireTime time = log.timestamp() != null ? log.timestamp() : frame.timestamp();
    String message = firstOf(log.rawMessage(), log.message());
    Details details = log.data() == null ? null : Details.of(log.data());
    return new LogLine(log.sessionId(), time, level(log.level()), agent, message, details, frame);
  }

  /**
   * Reads one entry of a session's logs.
   *
   * @param frame the frame
   * @param entry one of its entries
   * @return its line; for the deployed backend's activity entries, which have no message, status and task in words
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
