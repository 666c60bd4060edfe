package io.agentcraft.client.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest log entries of a session, at most 50 ({@code session_logs}): the answer to {@link
 * ClientMessage.GetSessionLogs}. For an unknown session, the list is empty.
 *
 * @param sessionId the session's id
 * @param logs the entries, oldest first; unmodifiable
 * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
 */
public record SessionLogs(
    String sessionId, List<LogEntry> logs, @Nullable WireTime timestamp) implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "session_logs";

  /**
   * Checks that the session id is not {@code null}, and copies the list.
   *
   * @param sessionId the session's id
   * @param logs the entries, oldest first; unmodifiable
   * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
   */
  public SessionLogs {
    Objects.requireNonNull(sessionId, "sessionId");
    logs = List.copyOf(logs);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
