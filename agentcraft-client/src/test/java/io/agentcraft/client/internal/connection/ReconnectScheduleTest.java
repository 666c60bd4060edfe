package io.agentcraft.client.internal.connection;

import static io.agentcraft.client.internal.connection.MachineDriver.BROKEN;
import static io.agentcraft.client.internal.connection.MachineDriver.closed;
import static io.agentcraft.client.internal.connection.MachineDriver.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import io.agentcraft.client.internal.connection.ConnectionMachine.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the machine tries again, when it gives up, and when the count starts anew. */
class ReconnectScheduleTest {

  private final MachineDriver machine = MachineDriver.withDefaults();

  @Test
  void aFirstHandshakeThatFailsIsTriedAgainAfter2And4And8And16And30Seconds() {
    machine.connect();

    assertThat(failEveryAttempt(machine)).containsExactly(2L, 4L, 8L, 16L, 30L);
    assertThat(machine.now.phase())
        .isEqualTo(new Phase.Failed(5, BROKEN, "all 5 reconnection attempts failed"));
  }

  @Test
  void aConnectionThatIsLostGoesByTheSameSchedule() {
    open(machine);
    machine.ended(closed(1012));
    assertThat(machine.waits()).hasSeconds(2);
    machine.timeout();

    assertThat(failEveryAttempt(machine)).containsExactly(4L, 8L, 16L, 30L);
  }

  @Test
  void afterGivingUpConnectStartsAnew() {
    machine.connect();
    failEveryAttempt(machine);

    assertThat(machine.connect()).startsWith("Connecting(0) open(");
    assertThat(failEveryAttempt(machine)).containsExactly(2L, 4L, 8L, 16L, 30L);
  }

  @Test
  void aHandshakeAloneDoesNotStartTheCountAnew() {
    machine.connect();
    for (long seconds : new long[] {2, 4, 8, 16, 30}) {
      machine.opened();
      machine.ended(BROKEN);
      assertThat(machine.waits()).hasSeconds(seconds);
      machine.timeout();
    }
    machine.opened();

    assertThat(machine.ended(BROKEN)).isEqualTo("Failed(5) stop");
  }

  @Test
  void aFirstMessageAloneDoesNotStartTheCountAnew() {
    machine.connect();
    machine.ended(BROKEN);
    machine.timeout();
    machine.opened();
    assertThat(machine.firstMessage()).isEqualTo("Open(1,delivered) timer(5)");
    machine.ended(BROKEN);

    assertThat(machine.waits()).hasSeconds(4);
  }

  @Test
  void fiveSecondsAfterTheFirstMessageTheCountStartsAnew() {
    machine.connect();
    machine.ended(BROKEN);
    machine.timeout();
    machine.opened();
    machine.firstMessage();
    assertThat(machine.timeout()).isEqualTo("Open(0,delivered)");
    machine.ended(BROKEN);

    assertThat(machine.waits()).hasSeconds(2);
  }

  @Test
  void withZeroTheCountStartsAnewAtTheFirstMessage() {
    MachineDriver eager = new MachineDriver(ExponentialBackoff.defaults(), Duration.ZERO, false, 1);
    eager.connect();
    eager.ended(BROKEN);
    eager.timeout();
    eager.opened();

    assertThat(eager.firstMessage()).isEqualTo("Open(0,delivered)");
  }

  @ParameterizedTest(name = "HTTP {0} with Retry-After {1} s waits {2} s")
  @CsvSource({
    "429, 20, 20",
    "503, 20, 20",
    "429, 1, 2",
    "503, 0, 2",
    "429, 300, 300",
    "429, 301, 300",
    "503, 86400, 300",
    "500, 20, 2",
    "408, 20, 2"
  })
  void retryAfterLengthensTheWaitUpTo5Minutes(int status, long asked, long waits) {
    machine.connect();
    machine.ended(new HandshakeRefused(status, Duration.ofSeconds(asked), "busy"));

    assertThat(machine.waits()).hasSeconds(waits);
  }

  @ParameterizedTest
  @ValueSource(ints = {1002, 1003, 1007, 1008, 1009, 1010})
  void aFinalCloseCodeCountsEvenIfTheSocketThenBreaksOrGoesSilent(int code) {
    for (Event then : List.of(
        new Event.Ended(1, BROKEN),
        new Event.Silent(1, Duration.ofSeconds(46)),
        new Event.TimedOut(""))) {
      MachineDriver left = MachineDriver.withDefaults();
      open(left);
      left.on(new Event.PeerClosing(1, closed(code)));
      left.on(then);

      assertThat(left.now.phase()).as("%s", then).isInstanceOf(Phase.Failed.class);
      assertThat(left.cause()).isEqualTo(closed(code));
    }
  }

  @Test
  void a401IsTriedOnceMoreWithATokenProvider() {
    MachineDriver asking =
        new MachineDriver(ExponentialBackoff.defaults(), MachineDriver.STABLE, true, 1);
    asking.connect();

    assertThat(asking.ended(refused(401))).isEqualTo("Waiting(1) timer(2)");
    asking.timeout();
    assertThat(asking.ended(refused(401))).isEqualTo("Failed(1) stop");
  }

  @Test
  void a401IsWorthAnotherTokenAgainAfterAConnection() {
    MachineDriver asking =
        new MachineDriver(ExponentialBackoff.defaults(), MachineDriver.STABLE, true, 1);
    asking.connect();
    asking.ended(refused(401));
    asking.timeout();
    asking.opened();
    asking.ended(BROKEN);
    asking.timeout();

    assertThat(asking.ended(refused(401))).startsWith("Waiting(3)");
  }

  @Test
  void a401IsFinalWithoutATokenProvider() {
    machine.connect();

    assertThat(machine.ended(refused(401))).isEqualTo("Failed(0) stop");
    assertThat(machine.cause().description())
        .contains("401", "ws://host/first", "tokenProvider(…)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "error", "null"})
  void aPolicyThatBreaksGivesUpAndSaysSo(String kind) {
    MachineDriver broken = MachineDriver.withPolicy(policy(kind));
    broken.connect();

    assertThat(broken.ended(BROKEN)).isEqualTo("Failed(0) stop");
    assertThat(((Phase.Failed) broken.now.phase()).reason()).contains("the reconnect policy");
  }

  @Test
  void closingDuringAHandshakeThatThenSucceedsOpensNothing() {
    machine.connect();
    machine.on(new Event.CloseRequested());

    assertThat(machine.opened()).isEqualTo("Closed cancel(1)");
    assertThat(machine.ended(BROKEN)).isEqualTo("Closed");
    assertThat(machine.connect()).isEqualTo("Closed");
  }

  @Test
  void aHandshakeThatTakesTooLongIsCancelledAndSaysHowLongThatWas() {
    machine.connect();

    assertThat(machine.timeout()).isEqualTo("Waiting(1) cancel(1) timer(2)");
    assertThat(machine.cause())
        .isEqualTo(new DisconnectCause.HandshakeTimedOut(MachineDriver.HANDSHAKE, ""));
  }

  @SuppressWarnings("NullAway") // A policy written without nullness checks may well return null.
  private static ReconnectPolicy policy(String kind) {
    return context -> switch (kind) {
      case "throws" -> throw new IllegalStateException("broken policy");
      case "error" -> throw new AssertionError("broken policy");
      default -> (ReconnectPolicy.Decision) null;
    };
  }

  private static void open(MachineDriver machine) {
    machine.connect();
    machine.opened();
    machine.firstMessage();
    machine.timeout();
  }

  /** Fails the handshake under way and all that follow; returns the waits in seconds. */
  private static List<Long> failEveryAttempt(MachineDriver machine) {
    List<Long> waits = new ArrayList<>();
    machine.ended(BROKEN);
    while (machine.now.phase() instanceof Phase.Waiting waiting) {
      waits.add(waiting.delay().toSeconds());
      machine.timeout();
      machine.ended(BROKEN);
    }
    return waits;
  }
}
