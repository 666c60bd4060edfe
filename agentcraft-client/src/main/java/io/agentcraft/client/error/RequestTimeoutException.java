package io.agentcraft.client.error;

/** No answer came to a request in time. */
public final class RequestTimeoutException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was asked, how long was waited, and what may be wrong
   */
  public RequestTimeoutException(String message) {
    super(message, null);
  }
}
