package io.agentcraft.client.error;

import org.jspecify.annotations.Nullable;

/**
 * The server rejected a published update, did not confirm it, or could not be reached over HTTP. A later update tries again.
 */
public final class PublishFailedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do about it
   * @param cause the underlying error; may be {@code null}
   */
  public PublishFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
