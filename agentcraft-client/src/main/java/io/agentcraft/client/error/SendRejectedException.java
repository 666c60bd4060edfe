package io.agentcraft.client.error;

/** A message was not sent because it is too large, or the send queue is full. The connection is not affected. */
public final class SendRejectedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do about it
   */
  public SendRejectedException(String message) {
    super(message, null);
  }
}
