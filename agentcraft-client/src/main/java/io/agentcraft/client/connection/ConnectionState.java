package io.agentcraft.client.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of a client's connection.
 *
 * @param status the phase that the connection is in
 * @param attempt the number of the reconnection attempt that is scheduled or in progress, from 1; 0 when connected and
 *     during the first handshake
 * @param nextDelay the delay before that attempt; {@code null} unless the client is waiting for it
 * @param lastConnected when a handshake last succeeded, by the local clock; {@code null} if none has
 * @param cause why the last connection or attempt ended; {@code null} if none has, and once connected
 * @param clientId the id of the current or last connection, {@code client_<digits>_<letters and digits>}; {@code null}
 *     before the first
 */
public record ConnectionState(
    ConnectionStatus status,
    int attempt,
    @Nullable Duration nextDelay,
    @Nullable Instant lastConnected,
    @Nullable DisconnectCause cause,
    @Nullable String clientId) {

  /** The state of a client before {@code connect()} is called. */
  public static final ConnectionState INITIAL =
      new ConnectionState(ConnectionStatus.DISCONNECTED, 0, null, null, null, null);

  /**
   * Creates a state.
   *
   * @param status the phase that the connection is in
   * @param attempt the number of the reconnection attempt that is scheduled or in progress, from 1; 0 when connected and
   *     during the first handshake
   * @param nextDelay the delay before that attempt; {@code null} unless the client is waiting for it
   * @param lastConnected when a handshake last succeeded, by the local clock; {@code null} if none has
   * @param cause why the last connection or attempt ended; {@code null} if none has, and once connected
   * @param clientId the id of the current or last connection; {@code null} before the first
   */
  public ConnectionState {
    Objects.requireNonNull(status, "status");
  }

  /**
   * Returns whether the WebSocket is open.
   *
   * @return {@code true} if the status is {@link ConnectionStatus#CONNECTED}
   */
  public boolean isConnected() {
    return status == ConnectionStatus.CONNECTED;
  }
}
