package io.agentcraft.client.error;

/** A message was not sent because the client is not connected, and such messages do not wait for a connection. */
public final class NotConnectedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do about it
   */
  public NotConnectedException(String message) {
    super(message, null);
  }
}
