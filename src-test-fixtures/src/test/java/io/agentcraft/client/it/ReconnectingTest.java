package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.view.BoardSnapshot;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectingTest extends IntegrationTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatIsCutIsMadeAgainAfterTwoSeconds(boolean reset) {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    connected(server, client);
    if (reset) {
      server.faults().resetConnections();
    } else {
      server.faults().cutConnections();
    }

    ConnectionState waiting = waiting(states);

    assertThat(waiting.attempt()).isEqualTo(1);
    assertThat(waiting.nextDelay()).isEqualTo(seconds(2));
    assertThat(waiting.cause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
    assertThat(clock.pendingDelays()).containsExactly(seconds(2));
    clock.advance(seconds(2).minusNanos(1));
    assertThat(client.connectionState()).isEqualTo(waiting);
    clock.advance(Duration.ofNanos(1));
    assertThat(states.next().nextDelay()).isNull();
    assertThat(states.next()).satisfies(state -> {
      assertThat(state.isConnected()).isTrue();
      assertThat(state.attempt()).isZero();
      assertThat(state.cause()).isNull();
    });
  }

  @Test
  void givesUpAfterFiveAttemptsAndCanConnectAgain() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    server.faults().refuseNextHandshakes(6, 500);
    CompletableFuture<ConnectionState> connecting = client.connect();

    List<Duration> delays = new ArrayList<>();
    for (int attempt = 1; attempt <= 5; attempt++) {
      ConnectionState waiting = waiting(states);
      assertThat(waiting.attempt()).isEqualTo(attempt);
      delays.add(waiting.nextDelay());
      clock.advance(waiting.nextDelay());
    }

    assertThat(delays)
        .containsExactly(seconds(2), seconds(4), seconds(8), seconds(16), seconds(30));
    assertThat(Await.failure(connecting, ConnectionFailedException.class))
        .hasMessageContaining("all 5 reconnection attempts failed")
        .hasMessageContaining("Call connect() to start again");
    assertThat(status(states, ConnectionStatus.FAILED).attempt()).isEqualTo(5);
    assertThat(clock.pendingTimers()).isZero();

    assertThat(Await.get(client.connect()).isConnected()).isTrue();
    assertThat(status(states, ConnectionStatus.CONNECTING).attempt()).isZero();
    status(states, ConnectionStatus.CONNECTED);
    cut(server);
    assertThat(waiting(states).nextDelay()).isEqualTo(seconds(2));
  }

  @Test
  void theCountIsResetOnlyOnceTheConnectionProvedStable() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    // The client's first message starts the five seconds: a listener shows that it was received.
    Recorder<Object> messages = new Recorder<>();
    client.onActiveSessions(messages::add);
    connected(server, client);
    messages.next();
    cut(server);
    assertThat(waiting(states).attempt()).isEqualTo(1);
    clock.advance(seconds(2));
    status(states, ConnectionStatus.CONNECTED);
    messages.next();
    clock.advance(seconds(5).minusNanos(1));
    cut(server);
    assertThat(waiting(states).attempt()).isEqualTo(2);
    clock.advance(seconds(4));
    status(states, ConnectionStatus.CONNECTED);
    messages.next();
    clock.advance(seconds(5));
    cut(server);
    assertThat(waiting(states).attempt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void logStreamingIsAskedForAgain(WireForm form) {
    ReferenceServer server = server(form);
    server.startSession("session_1", "Why?", "Writer");
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    Recorder<LogLine> lines = new Recorder<>();
    client.onLogLine(lines::add);
    client.startLogStreaming("session_1");
    connected(server, client);
    assertThat(server.awaitFrame("start_log_streaming").text()).contains("session_1");
    cut(server);
    waiting(states);
    clock.advance(seconds(2));
    assertThat(server.awaitFrame("start_log_streaming").connection().clientId())
        .isEqualTo(client.connectionState().clientId());
    server.appendLog("session_1", "info", "Writer", "Still here");
    assertThat(lines.next().message()).contains("Still here");

    // A stream that was stopped while the client was not connected stays stopped.
    cut(server);
    ConnectionState waiting = waiting(states);
    client.stopLogStreaming();
    clock.advance(waiting.nextDelay());
    status(states, ConnectionStatus.CONNECTED);
    Await.get(client.getSessionLogs("session_1"));
    assertThat(server.receivedFrames())
        .filteredOn(frame -> frame.isType("start_log_streaming"))
        .hasSize(2);
  }

  @Test
  void theBoardSaysWhatIsOlderThanTheConnection() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ConnectionState> states = states(client);
    Recorder<BoardSnapshot> changes = new Recorder<>();
    client.board().onChange(changes::add);
    connected(server, client);
    server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, 10, "Writing");
    BoardSnapshot before = changes.next(board -> board.agent("a1").isPresent());
    assertThat(before.agents().get(0).stale()).isFalse();
    cut(server);
    waiting(states);
    clock.advance(seconds(2));
    BoardSnapshot stale = changes.next(
        board -> board.connection().isConnected() && board.agents().get(0).stale());
    assertThat(stale.agents().get(0).progress()).isEqualTo(10);
    server.awaitConnections(1);
    server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, 20, "Writing");
    BoardSnapshot fresh = changes.next(board -> !board.agents().get(0).stale());
    assertThat(fresh.agents().get(0).progress()).isEqualTo(20);
  }

  @Test
  void aBoardThatIsAskedForLateKnowsOfTheConnection() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    assertThat(client.board().snapshot().connection()).isEqualTo(client.connectionState());
    assertThat(client.board()).isSameAs(client.board());
  }

  @Test
  void lateEventsOfAnOldSocketChangeNothing() {
    ReferenceServer server = server();
    PausableScheduler scheduler = new PausableScheduler(clock);
    AgentCraftClient client = client(
        server,
        options -> options
            .scheduler(scheduler)
            .reconnectPolicy(ExponentialBackoff.defaults().withDelays(seconds(1), seconds(1))));
    Recorder<ConnectionState> states = states(client);
    server.faults().stallNextHandshake();
    var unused = client.connect();
    status(states, ConnectionStatus.CONNECTING);
    // That the old socket is open is held back until the next one is being opened.
    scheduler.pause();
    server.faults().releaseStalledHandshakes();
    server.awaitConnections(1);
    scheduler.awaitHeld();
    server.faults().stallNextHandshake();
    clock.advance(seconds(15));
    waiting(states);
    clock.advance(seconds(1));
    scheduler.resume();
    clock.settle();
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.RECONNECTING);

    server.faults().releaseStalledHandshakes();
    ConnectionState connected = status(states, ConnectionStatus.CONNECTED);
    // Never two at once: the old one is closed.
    server.awaitConnections(1);
    assertThat(server.openConnections().get(0).clientId()).isEqualTo(connected.clientId());
    assertThat(states.rest()).isEmpty();
  }
}
