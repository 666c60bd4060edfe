package io.agentcraft.client.error;

/** A listener threw. No other listener and not the connection is affected. */
public final class ListenerException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param what what was delivered, for example {@code agent_status}
   * @param cause what the listener threw
   */
  public ListenerException(String what, Throwable cause) {
    super(
        "A listener for " + what + " threw " + cause
            + ". Catch it inside the listener; the message was delivered to all other listeners.",
        cause);
  }
}
