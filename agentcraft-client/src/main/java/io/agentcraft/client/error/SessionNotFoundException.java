package io.agentcraft.client.error;

/** The server does not know the session ({@code session_not_found}). */
public final class SessionNotFoundException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /** The id of the requested session. */
  private final String sessionId;

  /**
   * Creates the exception.
   *
   * @param sessionId the id of the requested session
   */
  public SessionNotFoundException(String sessionId) {
    super(
        "The server does not know the session \"" + sessionId
            + "\". Use an id from an active_sessions message. The server loses its sessions when it restarts.",
        null);
    this.sessionId = sessionId;
  }

  /**
   * Returns the id of the requested session.
   *
   * @return the session id
   */
  public String sessionId() {
    return sessionId;
  }
}
