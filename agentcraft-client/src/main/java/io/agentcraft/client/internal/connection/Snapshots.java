package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the caller sees of the machine. */
final class Snapshots {

  private Snapshots() {}

  static ConnectionState of(
      MachineState connection, @Nullable Instant lastConnected, @Nullable String clientId) {
    Phase phase = connection.phase();
    if (phase instanceof Phase.Connecting connecting) {
      ConnectionStatus status =
          connecting.attempt() == 0 ? ConnectionStatus.CONNECTING : ConnectionStatus.RECONNECTING;
      return new ConnectionState(
          status, connecting.attempt(), null, lastConnected, connecting.lastCause(), clientId);
    }
    if (phase instanceof Phase.Waiting waiting) {
      return new ConnectionState(
          ConnectionStatus.RECONNECTING,
          waiting.attempt(),
          waiting.delay(),
          lastConnected,
          waiting.cause(),
          clientId);
    }
    if (phase instanceof Phase.Failed failed) {
      return new ConnectionState(
          ConnectionStatus.FAILED,
          failed.attempts(),
          null,
          lastConnected,
          failed.cause(),
          clientId);
    }
    if (phase instanceof Phase.Closed) {
      return new ConnectionState(
          ConnectionStatus.CLOSED,
          0,
          null,
          lastConnected,
          new DisconnectCause.ClosedByCaller(),
          clientId);
    }
    ConnectionStatus status =
        phase instanceof Phase.Idle ? ConnectionStatus.DISCONNECTED : ConnectionStatus.CONNECTED;
    return new ConnectionState(status, 0, null, lastConnected, null, clientId);
  }
}
