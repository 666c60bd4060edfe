package io.agentcraft.client.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the server ({@code active_sessions}). It is the first message on a connection, and every client
 * receives it again when sessions change.
 *
 * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
 * @param totalSessions the number of sessions as the server counts them; the size of {@code sessions} if absent
 * @param sessions one entry for each session in the server's order; unmodifiable
 */
public record ActiveSessions(
    @Nullable WireTime timestamp, int totalSessions, List<SessionSummary> sessions)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "active_sessions";

  /**
   * Copies the list.
   *
   * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
   * @param totalSessions the number of sessions as the server counts them; the size of {@code sessions} if absent
   * @param sessions one entry for each session in the server's order; unmodifiable
   */
  public ActiveSessions {
    sessions = List.copyOf(sessions);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
