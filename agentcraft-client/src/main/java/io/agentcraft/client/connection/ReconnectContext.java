package io.agentcraft.client.connection;

import java.util.Objects;

/**
 * What a {@link ReconnectPolicy} decides from.
 *
 * @param cause why the connection or the attempt ended
 * @param attempt the number of the attempt that would come next, from 1; it starts anew once a connection has proved
 *     stable
 * @param freshToken whether another attempt would ask a token provider for another token that this cause has not been
 *     tried with yet
 */
public record ReconnectContext(DisconnectCause cause, int attempt, boolean freshToken) {

  /**
   * Checks that the cause is not {@code null} and the attempt is positive.
   *
   * @param cause why the connection or the attempt ended
   * @param attempt the number of the attempt that would come next, from 1; it starts anew once a connection has proved
   *     stable
   * @param freshToken whether another attempt would ask a token provider for another token that this cause has not been
   *     tried with yet
   * @throws IllegalArgumentException if the attempt is less than 1
   */
  public ReconnectContext {
    Objects.requireNonNull(cause, "cause");
    if (attempt < 1) {
      throw new IllegalArgumentException("Attempts count from 1, but this one is " + attempt + ".");
    }
  }
}
