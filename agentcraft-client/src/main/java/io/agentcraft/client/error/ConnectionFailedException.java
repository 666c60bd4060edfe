package io.agentcraft.client.error;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The client gave up: the cause is final, or all reconnection attempts failed. Call {@code connect()} to start again. */
public final class ConnectionFailedException extends AgentCraftException {

  private static final long serialVersionUID = 1L;

  private final transient DisconnectCause disconnectCause;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do about it
   * @param disconnectCause why the last attempt ended
   * @param cause the underlying error; may be {@code null}
   */
  public ConnectionFailedException(
      String message, DisconnectCause disconnectCause, @Nullable Throwable cause) {
    super(message, cause);
    this.disconnectCause = Objects.requireNonNull(disconnectCause, "disconnectCause");
  }

  /**
   * Returns why the last attempt ended.
   *
   * @return the cause; lost on Java serialization
   */
  public DisconnectCause disconnectCause() {
    return disconnectCause;
  }
}
