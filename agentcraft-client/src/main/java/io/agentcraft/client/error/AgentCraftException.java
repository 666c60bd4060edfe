package io.agentcraft.client.error;

import io.agentcraft.client.internal.guard.LogText;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of all exceptions of the SDK. A message is a single line, whatever it quotes: control and bidi characters
 * are escaped in it.
 */
public abstract class AgentCraftException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AgentCraftException(String message, @Nullable Throwable cause) {
    super(LogText.escape(message), cause);
  }
}
