package io.agentcraft.examples.dashboard;

import io.agentcraft.client.connection.ConnectionState;

/**
 * The word and the colour of a connection, as the protocol's document has them.
 *
 * @param word {@code connected}, {@code connecting}, {@code disconnected} or {@code error}
 * @param ink the colour
 */
public record ConnectionLook(String word, Ink ink) {

  /**
   * Chooses them.
   *
   * @param state the connection
   * @return its word and colour; waiting for an attempt is {@code disconnected}, making it {@code connecting}
   */
  public static ConnectionLook of(ConnectionState state) {
    return switch (state.status()) {
      case CONNECTED -> new ConnectionLook("connected", Ink.GOOD);
      case CONNECTING -> new ConnectionLook("connecting", Ink.BUSY);
      case RECONNECTING ->
        state.nextDelay() == null
            ? new ConnectionLook("connecting", Ink.BUSY)
            : new ConnectionLook("disconnected", Ink.BAD);
      case FAILED -> new ConnectionLook("error", Ink.BAD);
      case DISCONNECTED, CLOSED -> new ConnectionLook("disconnected", Ink.FAINT);
    };
  }
}
