package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deployed backend's answer to {@link ClientMessage.GetSessionState} for an unknown session ({@code
 * session_not_found}).
 *
 * @param sessionId the id that was requested
 * @param timestamp the time of the server; {@code null} if absent
 */
public record SessionNotFound(String sessionId, @Nullable WireTime timestamp)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "session_not_found";

  /**
   * Checks that the session id is not {@code null}.
   *
   * @param sessionId the id that was requested
   * @param timestamp the time of the server; {@code null} if absent
   */
  public SessionNotFound {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  @Override
  public String type() {
    return TYPE;
  }
}
