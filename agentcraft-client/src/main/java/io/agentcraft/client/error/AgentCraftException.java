package io.agentcraft.client.error;

import org.jspecify.annotations.Nullable;

/** The superclass of all exceptions of the SDK. */
public abstract class AgentCraftException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AgentCraftException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
