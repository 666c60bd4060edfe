package io.agentcraft.client.error;

import io.agentcraft.client.internal.guard.LogText;

/** A listener threw an exception. Other listeners and the connection are not affected. */
public final class ListenerException extends AgentCraftException {

  private static final long serialVersionUID = 1L;
  private static final int MAX_NAME = 64;
  private static final int MAX_CAUSE = 512;

  /**
   * Creates the exception.
   *
   * @param what what the listener was called for, for example {@code agent_status}
   * @param cause what the listener threw
   */
  public ListenerException(String what, Throwable cause) {
    super(
        "A listener for " + LogText.beginning(what, MAX_NAME) + " threw "
            + LogText.beginning(cause.toString(), MAX_CAUSE)
            + ". Catch exceptions inside the listener; other listeners still received the message.",
        cause);
  }
}
