package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.internal.connection.Endpoint;
import org.jspecify.annotations.Nullable;

/** The error of a client that gave up. */
final class GaveUp {

  private GaveUp() {}

  static ConnectionFailedException because(
      DisconnectCause cause, String reason, @Nullable Endpoint endpoint) {
    // A refusal names the places that were tried itself.
    String where = endpoint == null || cause instanceof DisconnectCause.HandshakeRefused
        ? ""
        : " on " + endpoint;
    return new ConnectionFailedException(
        "The client gave up" + where + " because " + reason + ": " + cause.description()
            + " (Then connect() starts anew.)",
        cause,
        error(cause));
  }

  private static @Nullable Throwable error(DisconnectCause cause) {
    if (cause instanceof DisconnectCause.ConnectionLost lost) {
      return lost.error();
    }
    if (cause instanceof DisconnectCause.TlsFailed failed) {
      return failed.error();
    }
    return cause instanceof DisconnectCause.TokenUnavailable unavailable
        ? unavailable.error()
        : null;
  }
}
