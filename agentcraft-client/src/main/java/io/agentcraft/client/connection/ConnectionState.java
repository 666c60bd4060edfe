package io.agentcraft.client.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection at one moment.
 *
 * @param status where the client stands
 * @param attempt the number of the reconnection attempt that is waited for or under way, from 1; 0 when connected and
 *     during the first handshake
 * @param nextDelay how long the client waits before that attempt; {@code null} unless it is waiting
 * @param lastConnected when a handshake last succeeded, by this machine's clock; {@code null} if none did
 * @param cause why the last connection or attempt ended; {@code null} while none has, and once connected
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

  /** The state of a client that was not asked to connect yet. */
  public static final ConnectionState INITIAL =
      new ConnectionState(ConnectionStatus.DISCONNECTED, 0, null, null, null, null);

  /**
   * Checks that the status is not {@code null}.
   *
   * @param status where the client stands
   * @param attempt the number of the reconnection attempt that is waited for or under way, from 1; 0 when connected and
   *     during the first handshake
   * @param nextDelay how long the client waits before that attempt; {@code null} unless it is waiting
   * @param lastConnected when a handshake last succeeded, by this machine's clock; {@code null} if none did
   * @param cause why the last connection or attempt ended; {@code null} while none has, and once connected
   * @param clientId the id of the current or last connection, {@code client_<digits>_<letters and digits>}; {@code null}
   *     before the first
   */
  public ConnectionState {
    Objects.requireNonNull(status, "status");
  }

  /**
   * Tells whether the WebSocket is open.
   *
   * @return {@code true} for {@link ConnectionStatus#CONNECTED}
   */
  public boolean isConnected() {
    return status == ConnectionStatus.CONNECTED;
  }
}
