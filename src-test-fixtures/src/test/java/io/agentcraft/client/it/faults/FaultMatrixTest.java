package io.agentcraft.client.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
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
 * Every fault at every moment. Of each: the typed cause of every loss, the attempt and delay that follow it, what
 * became of all that was under way, that the client works again, and that closing leaves no timer, socket or thread.
 */
class FaultMatrixTest {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  static List<Fault> faults() {
    return Catalogue.all();
  }

  static Stream<Arguments> faultsAtMoments() {
    return faults().stream()
        .flatMap(fault -> Stream.of(Moment.values()).map(moment -> Arguments.of(fault, moment)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsAtMoments")
  void whileOpen(Fault fault, Moment moment) {
    try (Bench bench = new Bench().connected()) {
      ClientConnection connection = bench.server.clients().get(0);
      Moment.UnderWay underWay = moment.begin(bench);
      fault.strike(bench.server.faults(), connection);
      List<Loss> losses = fault.lossesWhenOpen();
      bench.lose(fault, losses);
      if (fault.givesUp()) {
        underWay.gaveUp();
        gaveUp(bench);
      } else if (losses.isEmpty()) {
        bench.server.faults().wire().heal();
        underWay.survived();
        survived(bench, fault);
      } else {
        bench.awaitConnected();
        underWay.connectedAgain();
        bench.works();
        assertThat(bench.newest()).isNotSameAs(connection);
      }
      int attempts = 1 + losses.size() + (fault.givesUp() ? 1 : 0);
      // What is published by HTTP has connections of its own.
      connectedNowOrNever(bench, moment == Moment.PUBLISHING ? Integer.MAX_VALUE : attempts);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whileConnecting(Fault fault) {
    try (Bench bench = new Bench()) {
      fault.lieInWait(bench.server.faults());
      CompletableFuture<ConnectionState> connected = bench.client.connect();
      bench.lose(fault, fault.losses());
      boolean everOpen =
          fault.onConnection() != null || !bench.server.connections().isEmpty();
      if (everOpen || !fault.givesUp()) {
        assertThat(Bench.get(connected).status()).isEqualTo(ConnectionStatus.CONNECTED);
      } else {
        Bench.fails(connected, ConnectionFailedException.class);
      }
      if (fault.givesUp()) {
        gaveUp(bench);
      } else {
        bench.awaitConnected();
        if (fault.losses().isEmpty()) {
          // What lay in wait for the connection must have struck it.
          bench.server.awaitConnections(1);
        }
        bench.server.faults().wire().heal();
        survived(bench, fault);
      }
      connectedNowOrNever(bench, 1 + fault.losses().size() + (fault.givesUp() ? 1 : 0));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whileClosing(Fault fault) {
    try (Bench bench = new Bench().connected()) {
      ClientConnection connection = bench.server.clients().get(0);
      connection.wireFaults().ignoreClose();
      bench.server.faults().answers().hold();
      CompletableFuture<SessionState> answer = bench.client.getSessionState(Bench.SESSION);
      bench.server.awaitFrame("get_session_state");
      CompletableFuture<Void> closed = bench.client.closeAsync();
      bench.time.settle();
      fault.strike(bench.server.faults(), connection);
      bench.time.advance(CLOSE_TIMEOUT);
      Bench.get(closed);
      Bench.fails(answer, ClientClosedException.class);
      ConnectionState state = bench.states.next("CLOSED", one -> true);
      assertThat(state.status()).isEqualTo(ConnectionStatus.CLOSED);
      assertThat(state.cause()).isEqualTo(new DisconnectCause.ClosedByCaller());
      assertThat(state.attempt()).isZero();
      Bench.fails(bench.client.connect(), ClientClosedException.class);
      connectedNowOrNever(bench, 1);
    }
  }

  private static void gaveUp(Bench bench) {
    bench.time.settle();
    assertThat(bench.time.pendingDelays()).as("timers of a client that gave up").isEmpty();
    bench.server.faults().healAll();
    Bench.get(bench.client.connect());
    bench.awaitConnected();
    bench.works();
  }

  private static void survived(Bench bench, Fault fault) {
    bench.works();
    if (fault.reported() == null || !fault.losses().isEmpty()) {
      assertThat(bench.errors.rest()).isEmpty();
    } else {
      assertThat(bench.errors.next("an error", error -> true)).isInstanceOf(fault.reported());
      assertThat(bench.errors.rest()).isEmpty();
    }
  }

  /** Nothing more happens to the connection, and there were no more sockets than attempts. */
  private static void connectedNowOrNever(Bench bench, int mostSockets) {
    assertThat(bench.states.rest()).isEmpty();
    assertThat(bench.sockets.made()).isLessThanOrEqualTo(mostSockets);
  }
}
