package io.agentcraft.client.internal.connection;

import static io.agentcraft.client.internal.connection.MachineDriver.BROKEN;
import static io.agentcraft.client.internal.connection.MachineDriver.closed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionLoopTest {

  private final LoopFixture loop = new LoopFixture();

  @Test
  void statesAreToldInOrderAndEachOnce() {
    FakeTransport.Opened first = loop.connected();
    first.ends(closed(1012));
    loop.scheduler.advance(Duration.ofSeconds(2));
    loop.transport.newest().opens();
    loop.scheduler.execute(loop.loop::close);
    loop.transport.newest().ends(closed(1000));

    assertThat(loop.heard)
        .containsExactly(
            "CONNECTING",
            "CONNECTED",
            "up",
            "down",
            "RECONNECTING 1",
            "RECONNECTING 1",
            "CONNECTED",
            "up",
            "down",
            "CLOSED",
            "closed");
    assertThat(loop.states.get(2).nextDelay()).hasSeconds(2);
    assertThat(loop.states.get(2).cause()).isEqualTo(closed(1012));
    assertThat(loop.states.get(3).nextDelay()).isNull();
    assertThat(loop.states.get(4).cause()).isNull();
    assertThat(loop.states.get(5).cause()).isEqualTo(new DisconnectCause.ClosedByCaller());
    assertThat(loop.scheduler.pendingTimers()).isZero();
  }

  @Test
  void everySocketHasAClientIdOfItsOwn() {
    loop.connected().ends(BROKEN);
    loop.scheduler.advance(Duration.ofSeconds(2));

    assertThat(loop.transport.sockets).hasSize(2);
    assertThat(loop.transport.sockets)
        .allSatisfy(socket -> assertThat(socket.url).startsWith("ws://host/path/client_"))
        .extracting(socket -> socket.url)
        .doesNotHaveDuplicates();
    assertThat(ClientIds.isValid(Objects.requireNonNull(loop.loop.state().clientId())))
        .isTrue();
    assertThat(loop.transport.newest().headers).containsEntry("X-Own", "1");
  }

  @Test
  void anAttemptEndsOnceHoweverOftenItsSocketSaysSo() {
    FakeTransport.Opened socket = loop.connected();
    socket.ends(BROKEN);
    socket.ends(BROKEN);
    socket.listener.onClosing(1000, "");

    assertThat(loop.heard)
        .containsExactly("CONNECTING", "CONNECTED", "up", "down", "RECONNECTING 1");
    assertThat(loop.scheduler.pendingTimers()).isEqualTo(1);
  }

  @Test
  void aHandshakeThatSucceedsTooLateIsCancelledAndTheNewSocketIsNot() {
    timeOutTheFirst();
    FakeTransport.Opened late = loop.transport.sockets.get(0);
    loop.scheduler.advance(Duration.ofSeconds(2));
    FakeTransport.Opened next = loop.transport.newest();
    late.cancelled = false;

    late.opens();

    assertThat(late.cancelled).isTrue();
    assertThat(next.cancelled).isFalse();
    next.opens();
    assertThat(loop.loop.state().isConnected()).isTrue();
    late.listener.onText("late");
    assertThat(loop.frames).isEmpty();
  }

  private void timeOutTheFirst() {
    loop.scheduler.execute(loop.loop::connect);
    loop.scheduler.advance(Duration.ofSeconds(15));
    assertThat(loop.transport.newest().cancelled).isTrue();
  }

  @Test
  void framesOfASocketGivenUpAsSilentAreDropped() {
    FakeTransport.Opened silent = loop.connected();
    silent.listener.onText("in time");
    loop.scheduler.advance(Duration.ofSeconds(46));
    assertThat(silent.cancelled).isTrue();

    silent.listener.onText("late");
    silent.listener.onBinary(3);
    loop.scheduler.advance(Duration.ofSeconds(2));
    silent.listener.onText("later");

    assertThat(loop.frames).containsExactly("in time");
  }

  @Test
  void theEndOfAnOldSocketDoesNotTouchTheNewOne() {
    FakeTransport.Opened old = loop.connected();
    loop.scheduler.advance(Duration.ofSeconds(46));
    loop.scheduler.advance(Duration.ofSeconds(2));
    loop.transport.newest().opens();

    old.ends(BROKEN);

    assertThat(loop.loop.state().isConnected()).isTrue();
    assertThat(loop.transport.live()).isEqualTo(1);
  }

  @Test
  void aTransportThatThrowsIsAFailedAttempt() {
    loop.transport.throwing = true;
    loop.scheduler.execute(loop.loop::connect);

    assertThat(loop.heard).containsExactly("CONNECTING", "RECONNECTING 1");
    loop.transport.throwing = false;
    loop.scheduler.advance(Duration.ofSeconds(2));
    loop.transport.newest().opens();
    assertThat(loop.loop.state().isConnected()).isTrue();
  }

  @Test
  void librariesThatDoNotFitTogetherAreFinalAndNamed() {
    loop.transport.unlinked = true;
    loop.scheduler.execute(loop.loop::connect);

    assertThat(loop.loop.state().status()).isEqualTo(ConnectionStatus.FAILED);
    assertThat(loop.loop.state().cause())
        .isNotNull()
        .satisfies(cause ->
            assertThat(cause.description()).contains("Okio", "NoSuchMethodError", "ByteString"));
  }

  @Test
  void closingAnOpenSocketSends1000AndDropsItIfNoAnswerComes() {
    FakeTransport.Opened socket = loop.connected();
    loop.scheduler.execute(loop.loop::close);
    assertThat(socket.closeCode).isEqualTo(1000);
    assertThat(loop.heard).doesNotContain("closed");

    loop.scheduler.advance(Duration.ofSeconds(6));

    assertThat(socket.cancelled).isTrue();
    assertThat(loop.heard).endsWith("CLOSED", "closed");
    assertThat(loop.scheduler.pendingTimers()).isZero();
  }

  @Test
  void afterCloseNothingOpensAnySocketAgain() {
    FakeTransport.Opened socket = loop.connected();
    socket.ends(BROKEN);
    loop.scheduler.execute(loop.loop::close);
    loop.scheduler.execute(loop.loop::close);
    loop.scheduler.execute(loop.loop::connect);
    loop.scheduler.advance(Duration.ofHours(1));

    assertThat(loop.transport.sockets).hasSize(1);
    assertThat(loop.heard).containsOnlyOnce("closed");
    assertThat(loop.scheduler.pendingTimers()).isZero();
  }

  @Test
  void aServerThatSaysGoodbyeAndStaysIsDropped() {
    FakeTransport.Opened socket = loop.connected();
    socket.listener.onClosing(1001, "restart");
    assertThat(loop.loop.state().isConnected()).isTrue();

    loop.scheduler.advance(Duration.ofSeconds(6));

    assertThat(socket.cancelled).isTrue();
    assertThat(loop.loop.state().cause())
        .isEqualTo(new DisconnectCause.ClosedByServer(1001, "restart"));
  }

  @Test
  void aSocketThatTakesNoFrameAlthoughNobodyClosedItHasEnded() {
    FakeTransport.Opened socket = loop.connected();
    socket.closing = true;
    assertThat(Objects.requireNonNull(loop.up).send("frame")).isEqualTo(Connection.Result.CLOSING);

    assertThat(socket.cancelled).isTrue();
    assertThat(loop.heard)
        .containsExactly("CONNECTING", "CONNECTED", "up", "down", "RECONNECTING 1");
    assertThat(Objects.requireNonNull(loop.loop.state().cause()).description())
        .contains("no more frames");
    loop.scheduler.advance(Duration.ofSeconds(2));
    loop.transport.newest().opens();
    assertThat(loop.loop.state().isConnected()).isTrue();
  }

  @Test
  void aSocketThatTakesNoFrameBecauseItClosesIsWaitedFor() {
    FakeTransport.Opened leaving = loop.connected();
    leaving.listener.onClosing(1012, "restart");
    leaving.closing = true;
    Objects.requireNonNull(loop.up).send("frame");
    assertThat(leaving.cancelled).isFalse();
    leaving.ends(closed(1012));
    assertThat(loop.loop.state().cause())
        .isEqualTo(new DisconnectCause.ClosedByServer(1012, "restart"));

    loop.scheduler.advance(Duration.ofSeconds(2));
    loop.transport.newest().opens();
    loop.scheduler.execute(loop.loop::close);
    Objects.requireNonNull(loop.up).send("frame");
    assertThat(loop.transport.newest().cancelled).isFalse();
    assertThat(loop.loop.state().isConnected()).isTrue();
  }

  @Test
  void aReaderDoesNotWaitForEverWhenTheLoopFails() {
    loop.scheduler.execute(loop.loop::connect);
    loop.observerThrows = true;

    // The manual scheduler hands the bug on; what counts is that the call returns.
    assertThatThrownBy(() -> loop.transport.newest().opens())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void afterFiveFailuresTheStateIsFailedWithNothingLeftRunning() {
    loop.scheduler.execute(loop.loop::connect);
    for (int i = 0; i < 5; i++) {
      loop.transport.newest().ends(BROKEN);
      loop.scheduler.advanceToNextTimer();
    }
    loop.transport.newest().ends(BROKEN);

    assertThat(loop.heard).endsWith("FAILED 5", "gave up");
    assertThat(loop.loop.state().status()).isEqualTo(ConnectionStatus.FAILED);
    assertThat(loop.scheduler.pendingTimers()).isZero();
    assertThat(loop.transport.live()).isZero();
  }

  @Test
  void theErrorOfAClientThatGaveUpNamesTheEndpointTheReasonAndTheNextStep() {
    loop.scheduler.execute(loop.loop::connect);
    loop.transport.newest().ends(closed(1008));

    assertThat(loop.errors)
        .singleElement()
        .satisfies(error -> assertThat(error)
            .isInstanceOf(ConnectionFailedException.class)
            .hasMessageContaining("ws://host/path")
            .hasMessageContaining("1008")
            .hasMessageContaining("connect()"));
  }

  @Test
  void framesOfAConnectionThatIsUpReachItsHandlerAndKeepItAlive() {
    FakeTransport.Opened socket = loop.connected();
    loop.scheduler.advance(Duration.ofSeconds(40));
    socket.listener.onBinary(3);
    loop.scheduler.advance(Duration.ofSeconds(40));
    socket.listener.onLeftOut(1_000);
    loop.scheduler.advance(Duration.ofSeconds(40));

    assertThat(loop.frames).containsExactly("3 bytes", "1000 bytes left out");
    assertThat(loop.loop.state().isConnected()).isTrue();
  }

  @Test
  void whenTheSchedulerHasEndedTheConnectionIsClosedAllTheSame() {
    ManualScheduler scheduler = ManualScheduler.inline();
    LoopFixture ending = new LoopFixture(null, scheduler);
    FakeTransport.Opened socket = ending.connected();
    scheduler.close();

    ending.eventLoop.outliveScheduler();
    assertThat(ending.eventLoop.post(ending.loop::close)).isTrue();
    assertThat(socket.closeCode).isEqualTo(1000);
    ending.fallback.advance(Duration.ofSeconds(6));

    assertThat(socket.cancelled).isTrue();
    assertThat(ending.loop.state().status()).isEqualTo(ConnectionStatus.CLOSED);
    socket.listener.onText("late");
    assertThat(ending.frames).isEmpty();
  }

  @Test
  void aHandshakeThatSucceedsAfterTheLoopHasEndedIsCancelled() {
    ManualScheduler scheduler = ManualScheduler.inline();
    LoopFixture ending = new LoopFixture(null, scheduler);
    scheduler.execute(ending.loop::connect);
    scheduler.close();

    ending.transport.newest().opens();

    assertThat(ending.transport.newest().cancelled).isTrue();
  }

  @Test
  void aReaderThatWaitsForASchedulerThatHasEndedIsReleasedByClosing() throws Exception {
    LosingScheduler scheduler = new LosingScheduler();
    LoopFixture losing = new LoopFixture(null, scheduler, scheduler.manual);
    scheduler.execute(losing.loop::connect);
    scheduler.losing = true;
    CompletableFuture<Void> opening =
        CompletableFuture.runAsync(() -> losing.transport.newest().opens());
    scheduler.lost.get(10, TimeUnit.SECONDS);
    scheduler.ended = true;

    losing.eventLoop.outliveScheduler();
    assertThat(losing.eventLoop.post(losing.loop::close)).isTrue();

    opening.get(10, TimeUnit.SECONDS);
    assertThat(losing.transport.newest().closing).isTrue();
  }

  @Test
  void followersAreNotifiedInTheOrderOfTheirListAndOfALossBeforeTheState() {
    List<String> calls = new ArrayList<>();
    ManualScheduler scheduler = ManualScheduler.inline();
    FakeTransport transport = new FakeTransport();
    ConnectionLoop twoFollowers = LoopFixture.loop(
        new EventLoop(scheduler),
        transport,
        null,
        connection -> new LoopFixture.NoFrames(),
        () -> {},
        (state, endpoint) -> calls.add(state.status() + " " + endpoint),
        List.of(new Named("first", calls), new Named("second", calls)));
    scheduler.execute(twoFollowers::connect);
    transport.newest().opens();
    transport.newest().ends(closed(1008));
    scheduler.execute(twoFollowers::close);

    assertThat(calls)
        .containsExactly(
            "CONNECTING ws://host/path",
            "CONNECTED ws://host/path",
            "first up",
            "second up",
            "first down",
            "second down",
            "FAILED ws://host/path",
            "first gave up",
            "second gave up",
            "CLOSED ws://host/path",
            "first closed",
            "second closed");
  }

  private record Named(String name, List<String> calls) implements ConnectionFollower {

    @Override
    public void onUp(Connection connection) {
      calls.add(name + " up");
    }

    @Override
    public void onDown() {
      calls.add(name + " down");
    }

    @Override
    public void onGaveUp(AgentCraftException error) {
      calls.add(name + " gave up");
    }

    @Override
    public void onClosed(AgentCraftException error) {
      calls.add(name + " closed");
    }
  }
}
