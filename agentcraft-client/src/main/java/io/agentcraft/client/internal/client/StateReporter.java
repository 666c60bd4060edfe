package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.internal.connection.Endpoints.Endpoint;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.inbound.CallbackBuffer;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.metrics.ClientMetrics;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports each change of the connection's state to the log, the metrics and the listeners. Confined to the loop. */
final class StateReporter {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  /** Attempts beyond the protocol's own number are logged only every tenth time, or if they fail in another way. */
  private static final int LOGGED_ATTEMPTS = 5;

  private final Instrumentation instrumentation;
  private final CallbackBuffer callbacks;
  private final MessageDispatcher dispatcher;
  private final Registrations registrations;
  private final Set<Object> loggedCauses = new HashSet<>();

  StateReporter(
      Instrumentation instrumentation,
      CallbackBuffer callbacks,
      MessageDispatcher dispatcher,
      Registrations registrations) {
    this.instrumentation = instrumentation;
    this.callbacks = callbacks;
    this.dispatcher = dispatcher;
    this.registrations = registrations;
  }

  void report(ConnectionState state, Endpoint endpoint) {
    log(state, endpoint);
    count(state);
    if (state.status() == ConnectionStatus.CLOSED) {
      // CLOSED is the last callback, so what throttles and batches hold back goes before it.
      callbacks.close();
      registrations.flush();
    }
    dispatcher.state(state);
  }

  private void log(ConnectionState state, Endpoint endpoint) {
    switch (state.status()) {
      case CONNECTING -> LOG.info("Connecting to {}", endpoint);
      case CONNECTED -> {
        loggedCauses.clear();
        LOG.info("Connected to {} as {}", endpoint, state.clientId());
      }
      case RECONNECTING -> logAttempt(state, endpoint);
      case FAILED -> LOG.info("Gave up on {}: {}", endpoint, description(state.cause()));
      case CLOSED -> LOG.info("Closed the connection to {}", endpoint);
      default -> {}
    }
  }

  private void logAttempt(ConnectionState state, Endpoint endpoint) {
    Duration delay = state.nextDelay();
    if (delay == null) {
      return;
    }
    boolean isNew = loggedCauses.add(kind(state.cause()));
    if (isNew || state.attempt() <= LOGGED_ATTEMPTS || state.attempt() % 10 == 0) {
      LOG.info(
          "Not connected to {}: {}. Attempt {} in {} ms",
          endpoint,
          description(state.cause()),
          state.attempt(),
          delay.toMillis());
    }
  }

  private static Object kind(@Nullable DisconnectCause cause) {
    if (cause instanceof DisconnectCause.HandshakeRefused refused) {
      return refused.httpStatus();
    } else if (cause instanceof DisconnectCause.ClosedByServer closed) {
      return closed.code();
    } else if (cause instanceof DisconnectCause.ConnectionLost lost) {
      return lost.error().getClass();
    }
    return cause == null ? "none" : cause.getClass();
  }

  private static String description(@Nullable DisconnectCause cause) {
    return cause == null ? "no cause known" : cause.description();
  }

  private void count(ConnectionState state) {
    DisconnectCause cause = state.cause();
    if (state.isConnected()) {
      instrumentation.report(ClientMetrics::connected);
    } else if (cause != null && state.nextDelay() != null) {
      instrumentation.report(metrics -> metrics.reconnecting(cause, state.attempt()));
    } else if (cause != null && state.status() == ConnectionStatus.FAILED) {
      instrumentation.report(metrics -> metrics.gaveUp(cause));
    }
  }
}
