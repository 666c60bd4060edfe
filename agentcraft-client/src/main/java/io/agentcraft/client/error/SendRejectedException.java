package io.agentcraft.client.error;

/** A message was not sent: it is too large, or too much is waiting to be sent. The connection is not affected. */
public final class SendRejectedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what happened and what to do
   */
  public SendRejectedException(String message) {
    super(message, null);
  }
}
