package io.agentcraft.client.error;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The client gave up: the cause is final, or all attempts are used. {@code connect()} starts anew. */
public final class ConnectionFailedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  private final transient DisconnectCause disconnectCause;

  /**
   * Makes the exception.
   *
   * @param message what happened and what to do
   * @param disconnectCause why the last attempt ended
   * @param cause the error behind it; may be {@code null}
   */
  public ConnectionFailedException(
      String message, DisconnectCause disconnectCause, @Nullable Throwable cause) {
    super(message, cause);
    this.disconnectCause = Objects.requireNonNull(disconnectCause, "disconnectCause");
  }

  /**
   * Returns why the last attempt ended.
   *
   * @return the cause; not kept by Java serialization
   */
  public DisconnectCause disconnectCause() {
    return disconnectCause;
  }
}
