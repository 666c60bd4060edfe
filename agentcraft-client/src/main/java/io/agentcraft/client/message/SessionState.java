package io.agentcraft.client.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session ({@code session_state}): the answer to {@link ClientMessage.GetSessionState}.
 *
 * @param sessionId the session's id
 * @param state the current state
 * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
 */
public record SessionState(
    String sessionId, SessionSnapshot state, @Nullable WireTime timestamp)
    implements ServerMessage {

  /** The wire name of this type. */
  public static final String TYPE = "session_state";

  /**
   * Checks that session id and state are not {@code null}.
   *
   * @param sessionId the session's id
   * @param state the current state
   * @param timestamp the time of the server, often of its monotonic clock; {@code null} if absent
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
