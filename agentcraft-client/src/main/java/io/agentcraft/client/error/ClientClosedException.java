package io.agentcraft.client.error;

/** The client was closed and cannot be used again. */
public final class ClientClosedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param what the operation that failed, for example {@code The update was not published}
   */
  public ClientClosedException(String what) {
    super(
        what + ": this client was closed. A closed client cannot be used again; build a new one.",
        null);
  }
}
