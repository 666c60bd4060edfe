package io.agentcraft.client.error;

/** The server does not know the session ({@code session_not_found}). */
public final class SessionNotFoundException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /** What {@code sessionId()} gives. */
  private final String sessionId;

  /**
   * Makes the exception.
   *
   * @param sessionId the session that was asked for
   */
  public SessionNotFoundException(String sessionId) {
    super(
        "The server knows no session \"" + sessionId
            + "\". Take an id from an active_sessions message; sessions end with the server's process.",
        null);
    this.sessionId = sessionId;
  }

  /**
   * Returns the session that was asked for.
   *
   * @return its id
   */
  public String sessionId() {
    return sessionId;
  }
}
