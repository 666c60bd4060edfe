package io.agentcraft.client.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Log entries of one session ({@code session_logs}): the answer to {@link GetSessionLogs}, at most the last 50. A
 * server that does not know the session answers with an empty list.
 *
 * @param sessionId the session's id
 * @param logs the entries, oldest first; unmodifiable
 * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
 */
public record SessionLogs(
    String sessionId, List<LogEntry> logs, @Nullable WireTime timestamp) implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "session_logs";

  /**
   * Copies the list.
   *
   * @param sessionId the session's id
   * @param logs the entries, oldest first; unmodifiable
   * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
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
