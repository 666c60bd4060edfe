package io.agentcraft.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Silence, from the socket to the reconnection. */
class LoopLivenessTest {

  private final LoopFixture loop = new LoopFixture();
  private FakeTransport.Opened socket;

  @BeforeEach
  void connect() {
    socket = loop.connected();
  }

  @Test
  void aConnectionWithoutAnyFrameIsDeadAfter45Seconds() {
    loop.scheduler.advance(Duration.ofSeconds(45));
    assertThat(loop.loop.state().isConnected()).isTrue();

    loop.scheduler.advance(Duration.ofSeconds(1));

    assertThat(loop.heard).endsWith("down", "RECONNECTING 1").doesNotContain("probe");
    assertThat(loop.loop.state().cause()).isInstanceOf(DisconnectCause.IdleTimedOut.class);
    assertThat(socket.cancelled).isTrue();
    assertThat(socket.closeCode).isZero();
  }

  @Test
  void aClientThatOnlyAnswersPingsIsNeverProbed() {
    for (int i = 0; i < 20; i++) {
      loop.scheduler.advance(Duration.ofSeconds(30));
      socket.listener.onText("ping");
      send();
    }

    assertThat(loop.heard).containsExactly("CONNECTING", "CONNECTED", "up");
  }

  @Test
  void aClientThatSendsOftenIsProbedAfter30SecondsAndDead15SecondsLater() {
    sendFor(29);
    assertThat(loop.heard).doesNotContain("probe");
    sendFor(2);
    assertThat(loop.heard).containsOnlyOnce("probe");
    sendFor(13);
    assertThat(loop.loop.state().isConnected()).isTrue();
    sendFor(2);

    assertThat(loop.heard).containsOnlyOnce("probe").endsWith("down", "RECONNECTING 1");
  }

  @Test
  void anAnswerToTheProbeKeepsTheConnectionUntilTheNext() {
    for (int i = 0; i < 10; i++) {
      sendFor(31);
      socket.listener.onText("answer");
    }

    assertThat(loop.loop.state().isConnected()).isTrue();
    assertThat(loop.heard).filteredOn("probe"::equals).hasSize(10);
  }

  @Test
  void aReaderThatWaitsForListenersIsNotTakenForASilentServer() {
    Objects.requireNonNull(loop.up).readerWaits(true);
    loop.scheduler.advance(Duration.ofMinutes(10));
    assertThat(loop.loop.state().isConnected()).isTrue();

    Objects.requireNonNull(loop.up).readerWaits(false);
    loop.scheduler.advance(Duration.ofSeconds(80));
    assertThat(loop.heard).contains("down");
  }

  @Test
  void nothingIsWatchedAfterTheConnectionIsLost() {
    socket.ends(MachineDriver.BROKEN);

    assertThat(loop.scheduler.pendingTimers()).isEqualTo(1);
  }

  private void sendFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      loop.scheduler.advance(Duration.ofSeconds(1));
      send();
    }
  }

  private void send() {
    Objects.requireNonNull(loop.up).send("frame");
  }
}
