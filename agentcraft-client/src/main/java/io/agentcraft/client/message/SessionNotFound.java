package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deployed backend's answer to {@link GetSessionState} for a session it does not know ({@code session_not_found}).
 *
 * @param sessionId the session that was asked for
 * @param timestamp the server's clock; {@code null} if the frame had none
 */
public record SessionNotFound(String sessionId, @Nullable WireTime timestamp)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "session_not_found";

  /**
   * Checks that the session id is not {@code null}.
   *
   * @param sessionId the session that was asked for
   * @param timestamp the server's clock; {@code null} if the frame had none
   */
  public SessionNotFound {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  @Override
  public String type() {
    return TYPE;
  }
}
