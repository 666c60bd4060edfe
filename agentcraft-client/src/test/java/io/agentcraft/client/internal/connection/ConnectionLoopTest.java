package io.agentcraft.client.internal.connection;

import static io.agentcraft.client.internal.connection.MachineDriver.BROKEN;
import static io.agentcraft.client.internal.connection.MachineDriver.closed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConnectionLoopTest {

  private final LoopFixture loop = new LoopFixture();

  @Test
  void statesAreToldInOrderAndEachOnce() {
    FakeTransport.FakeSocket first = loop.connected();
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
    FakeTransport.FakeSocket socket = loop.connected();
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
    FakeTransport.FakeSocket late = loop.transport.sockets.get(0);
    loop.scheduler.advance(Duration.ofSeconds(2));
    FakeTransport.FakeSocket next = loop.transport.newest();
    late.cancelled = false;

    late.opens();

    assertThat(late.cancelled).isTrue();
    assertThat(next.cancelled).isFalse();
    next.opens();
    assertThat(loop.loop.state().isConnected()).isTrue();
    late.listener.onText(late, "late");
    assertThat(loop.frames).isEmpty();
  }

  private void timeOutTheFirst() {
    loop.scheduler.execute(loop.loop::connect);
    loop.scheduler.advance(Duration.ofSeconds(15));
    assertThat(loop.transport.newest().cancelled).isTrue();
  }

  @Test
  void framesOfASocketGivenUpAsSilentAreDropped() {
    FakeTransport.FakeSocket silent = loop.connected();
    silent.listener.onText(silent, "in time");
    loop.scheduler.advance(Duration.ofSeconds(46));
    assertThat(silent.cancelled).isTrue();

    silent.listener.onText(silent, "late");
    silent.listener.onBinary(silent, 3);
    loop.scheduler.advance(Duration.ofSeconds(2));
    silent.listener.onText(silent, "later");

    assertThat(loop.frames).containsExactly("in time");
  }

  @Test
  void theEndOfAnOldSocketDoesNotTouchTheNewOne() {
    FakeTransport.FakeSocket old = loop.connected();
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
    FakeTransport.FakeSocket socket = loop.connected();
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
    FakeTransport.FakeSocket socket = loop.connected();
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
    FakeTransport.FakeSocket socket = loop.connected();
    socket.listener.onClosing(1001, "restart");
    assertThat(loop.loop.state().isConnected()).isTrue();

    loop.scheduler.advance(Duration.ofSeconds(6));

    assertThat(socket.cancelled).isTrue();
    assertThat(loop.loop.state().cause())
        .isEqualTo(new DisconnectCause.ClosedByServer(1001, "restart"));
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
}
