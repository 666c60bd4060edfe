package io.agentcraft.client.message;

import java.util.Objects;

/**
 * Asks for the state of a session ({@code get_session_state}); answered by {@link SessionState}, or for an unknown
 * session by {@link SessionNotFound} (deployed backend) or not at all (documented server).
 *
 * @param sessionId the session asked about
 */
public record GetSessionState(String sessionId) implements ClientMessage {

  /** The wire name of this type. */
  public static final String TYPE = "get_session_state";

  /**
   * Checks that the session id is not {@code null}.
   *
   * @param sessionId the session asked about
   */
  public GetSessionState {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  @Override
  public String type() {
    return TYPE;
  }
}
