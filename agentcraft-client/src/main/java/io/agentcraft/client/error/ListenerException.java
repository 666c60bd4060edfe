package io.agentcraft.client.error;

/** A listener threw an exception. Other listeners and the connection are not affected. */
public final class ListenerException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param what what the listener was called for, for example {@code agent_status}
   * @param cause what the listener threw
   */
  public ListenerException(String what, Throwable cause) {
    super(
        "A listener for " + what + " threw " + cause
            + ". Catch exceptions inside the listener; other listeners still received the message.",
        cause);
  }
}
