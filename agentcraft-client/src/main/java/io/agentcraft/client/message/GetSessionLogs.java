package io.agentcraft.client.message;

import java.util.Objects;

/**
 * Asks for the newest log entries of a session ({@code get_session_logs}), at most 50; answered by {@link SessionLogs}.
 *
 * @param sessionId the session asked about
 */
public record GetSessionLogs(String sessionId) implements ClientMessage {

  /** The wire name of this type. */
  public static final String TYPE = "get_session_logs";

  /**
   * Checks that the session id is not {@code null}.
   *
   * @param sessionId the session asked about
   */
  public GetSessionLogs {
    Objects.requireNonNull(sessionId, "sessionId");
  }

  @Override
  public String type() {
    return TYPE;
  }
}
