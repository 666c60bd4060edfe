package io.agentcraft.client.internal.connection;

import io.agentcraft.client.connection.DisconnectCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the machine is. {@code attempt} counts since a connection last proved stable; 0 is the first handshake. */
sealed interface Phase {

  record Idle() implements Phase {}

  /**
   * A handshake is under way.
   *
   * @param lastCause why the attempt before ended; {@code null} for the first
   */
  record Connecting(int attempt, @Nullable DisconnectCause lastCause) implements Phase {}

  /**
   * The socket is open.
   *
   * @param delivered whether a message has arrived, so that the time of proving stable runs
   * @param closing the server's close frame, once seen
   */
  record Open(int attempt, boolean delivered, DisconnectCause.@Nullable ClosedByServer closing)
      implements Phase {}

  record Waiting(int attempt, Duration delay, DisconnectCause cause) implements Phase {}

  /** Our close frame is out; the server's is awaited. */
  record Closing() implements Phase {}

  record Failed(int attempts, DisconnectCause cause, String reason) implements Phase {}

  record Closed() implements Phase {}
}
