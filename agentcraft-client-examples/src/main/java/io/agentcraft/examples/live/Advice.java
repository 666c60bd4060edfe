package io.agentcraft.examples.live;

import io.agentcraft.client.connection.DisconnectCause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about a connection that did not come about. */
public final class Advice {

  private Advice() {}

  /**
   * Advises.
   *
   * @param cause why there is no connection; {@code null} if that is not known
   * @return a sentence or two; empty if there is nothing to add to the cause
   */
  public static Optional<String> on(@Nullable DisconnectCause cause) {
    if (cause instanceof DisconnectCause.ConnectionLost
        || cause instanceof DisconnectCause.HandshakeTimedOut) {
      return Optional.of("Check that the server runs, and that host and port are right."
          + " agentcraft demo brings its own server.");
    }
    if (cause instanceof DisconnectCause.HandshakeRefused) {
      return Optional.of("Check the address with its path; a server may also ask for a token.");
    }
    return Optional.empty();
  }
}
