package io.agentcraft.client.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that the server knows ({@code active_sessions}): the first message of a connection, and sent again to
 * everyone when sessions change.
 *
 * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
 * @param totalSessions the server's own count; the number of {@code sessions} if the frame had none
 * @param sessions one entry a session, in the server's order; unmodifiable
 */
public record ActiveSessions(
    @Nullable WireTime timestamp, int totalSessions, List<SessionSummary> sessions)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "active_sessions";

  /**
   * Copies the list.
   *
   * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
   * @param totalSessions the server's own count; the number of {@code sessions} if the frame had none
   * @param sessions one entry a session, in the server's order; unmodifiable
   */
  public ActiveSessions {
    sessions = List.copyOf(sessions);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
