package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.connection.Endpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each change of a connection, and few lines for many retries. Confined to the loop. */
final class ConnectionLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  /** Retries beyond the protocol's own number are logged at their tens only. */
  private static final int LOGGED_ATTEMPTS = 5;

  void state(ConnectionState state, Endpoint endpoint) {
    switch (state.status()) {
      case CONNECTING -> LOG.info("Connecting to {}", endpoint);
      case CONNECTED -> LOG.info("Connected to {} as {}", endpoint, state.clientId());
      case RECONNECTING -> retry(state, endpoint);
      case FAILED -> LOG.info("Gave up on {}: {}", endpoint, words(state.cause()));
      case CLOSED -> LOG.info("Closed the connection to {}", endpoint);
      default -> {}
    }
  }

  private static void retry(ConnectionState state, Endpoint endpoint) {
    Duration delay = state.nextDelay();
    if (delay == null) {
      return;
    }
    if (state.attempt() <= LOGGED_ATTEMPTS || state.attempt() % 10 == 0) {
      LOG.info(
          "Not connected to {}: {}. Attempt {} in {} ms",
          endpoint,
          words(state.cause()),
          state.attempt(),
          delay.toMillis());
    }
  }

  private static String words(@Nullable DisconnectCause cause) {
    return cause == null ? "no cause known" : cause.description();
  }
}
