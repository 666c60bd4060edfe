package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.testing.ClientConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault during every operation. Each asserts the typed cause of every loss, the attempt and delay that follow, the
 * outcome of the operation, that the client works again, and that closing leaves no timer, socket or thread.
 */
class FaultMatrixTest {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  static List<Fault> faults() {
    return FaultCatalogue.all();
  }

  static Stream<Arguments> faultsDuringOperations() {
    return faults().stream()
        .flatMap(fault ->
            Stream.of(Operation.values()).map(operation -> Arguments.of(fault, operation)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsDuringOperations")
  void whileOpen(Fault fault, Operation operation) {
    try (Harness harness = new Harness().connected()) {
      ClientConnection connection = harness.server.openConnections().get(0);
      Operation.Outcome outcome = operation.begin(harness);
      fault.inject(harness.server.faults(), connection);
      List<Loss> losses = fault.lossesWhenOpen();
      harness.lose(fault, losses);
      if (fault.givesUp()) {
        outcome.gaveUp();
        gaveUp(harness);
      } else if (losses.isEmpty()) {
        harness.server.faults().wire().heal();
        outcome.survived();
        survived(harness, fault);
      } else {
        harness.awaitConnected();
        outcome.connectedAgain();
        harness.works();
        assertThat(harness.newest()).isNotSameAs(connection);
      }
      int attempts = 1 + losses.size() + (fault.givesUp() ? 1 : 0);
      // What is published over HTTP has connections of its own.
      assertNothingMore(harness, operation == Operation.PUBLISHING ? Integer.MAX_VALUE : attempts);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whileConnecting(Fault fault) {
    try (Harness harness = new Harness()) {
      fault.arm(harness.server.faults());
      CompletableFuture<ConnectionState> connected = harness.client.connect();
      harness.lose(fault, fault.losses());
      boolean everOpen =
          fault.onConnection() != null || !harness.server.connections().isEmpty();
      if (everOpen || !fault.givesUp()) {
        assertThat(Await.get(connected).status()).isEqualTo(ConnectionStatus.CONNECTED);
      } else {
        Await.failure(connected, ConnectionFailedException.class);
      }
      if (fault.givesUp()) {
        gaveUp(harness);
      } else {
        harness.awaitConnected();
        if (fault.losses().isEmpty()) {
          // The fault must have happened to the connection.
          harness.server.awaitConnections(1);
        }
        harness.server.faults().wire().heal();
        survived(harness, fault);
      }
      assertNothingMore(harness, 1 + fault.losses().size() + (fault.givesUp() ? 1 : 0));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whileClosing(Fault fault) {
    try (Harness harness = new Harness().connected()) {
      ClientConnection connection = harness.server.openConnections().get(0);
      connection.wireFaults().ignoreClose();
      harness.server.faults().answers().hold();
      CompletableFuture<SessionState> answer = harness.client.getSessionState(Harness.SESSION);
      harness.server.awaitFrame("get_session_state");
      CompletableFuture<Void> closed = harness.client.closeAsync();
      harness.clock.settle();
      fault.inject(harness.server.faults(), connection);
      harness.clock.advance(CLOSE_TIMEOUT);
      Await.get(closed);
      Await.failure(answer, ClientClosedException.class);
      ConnectionState state = harness.states.next();
      assertThat(state.status()).isEqualTo(ConnectionStatus.CLOSED);
      assertThat(state.cause()).isEqualTo(new DisconnectCause.ClosedByCaller());
      assertThat(state.attempt()).isZero();
      Await.failure(harness.client.connect(), ClientClosedException.class);
      assertNothingMore(harness, 1);
    }
  }

  private static void gaveUp(Harness harness) {
    harness.clock.settle();
    assertThat(harness.clock.pendingDelays())
        .as("timers of a client that gave up")
        .isEmpty();
    harness.server.faults().healAll();
    Await.get(harness.client.connect());
    harness.awaitConnected();
    harness.works();
  }

  private static void survived(Harness harness, Fault fault) {
    harness.works();
    if (fault.reported() == null || !fault.losses().isEmpty()) {
      assertThat(harness.errors.rest()).isEmpty();
    } else {
      assertThat(harness.errors.next()).isInstanceOf(fault.reported());
      assertThat(harness.errors.rest()).isEmpty();
    }
  }

  /** Asserts that nothing more happens to the connection, and that there were no more sockets than attempts. */
  private static void assertNothingMore(Harness harness, int maxSockets) {
    assertThat(harness.states.rest()).isEmpty();
    assertThat(harness.sockets.count()).isLessThanOrEqualTo(maxSockets);
  }
}
