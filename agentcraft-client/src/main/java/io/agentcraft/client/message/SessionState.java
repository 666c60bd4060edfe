package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one session ({@code session_state}): the answer to {@link GetSessionState}.
 *
 * @param sessionId the session's id
 * @param state the session as it is now
 * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
 */
public record SessionState(
    String sessionId, SessionSnapshot state, @Nullable WireTime timestamp)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "session_state";

  /**
   * Checks that id and state are not {@code null}.
   *
   * @param sessionId the session's id
   * @param state the session as it is now
   * @param timestamp the server's clock, often its monotonic one; {@code null} if the frame had none
   */
  public SessionState {
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(state, "state");
  }

  @Override
  public String type() {
    return TYPE;
  }
}
