package io.agentcraft.client.error;

/** The server did not respond to a request within the request timeout. */
public final class RequestTimeoutException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the request, its timeout, and what may be wrong
   */
  public RequestTimeoutException(String message) {
    super(message, null);
  }
}
