package io.agentcraft.client.error;

/** The client was closed by its owner: nothing more can be asked of it. */
public final class ClientClosedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param what what could not be done
   */
  public ClientClosedException(String what) {
    super(
        what + ": this client was closed. A closed client cannot be used again; build a new one.",
        null);
  }
}
