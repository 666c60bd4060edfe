package io.agentcraft.client.error;

/** A message could not be sent because no connection is open, and it is of a kind that does not wait for one. */
public final class NotConnectedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what happened and what to do
   */
  public NotConnectedException(String message) {
    super(message, null);
  }
}
