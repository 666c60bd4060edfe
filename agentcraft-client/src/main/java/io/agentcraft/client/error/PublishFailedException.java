package io.agentcraft.client.error;

import org.jspecify.annotations.Nullable;

/** The server refused a published update, or never confirmed it. */
public final class PublishFailedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what happened and what to do
   * @param cause the error behind it; may be {@code null}
   */
  public PublishFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
