package io.agentcraft.client.internal.connection;

import static io.agentcraft.client.internal.connection.MachineDriver.BROKEN;
import static io.agentcraft.client.internal.connection.MachineDriver.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.internal.connection.ConnectionMachine.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the two paths a server has. */
class PathProbingTest {

  private final MachineDriver machine =
      new MachineDriver(ExponentialBackoff.defaults(), MachineDriver.STABLE, false, 2);

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void aRefusalLeadsToTheSecondPathAtOnceAndDoesNotCount(int status) {
    machine.connect();

    assertThat(machine.ended(refused(status))).isEqualTo("Connecting(0) open(2) timer(15)");
    assertThat(place()).isEqualTo("ws://host/second");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 405, 408, 410, 426, 429, 500, 502, 503})
  void anyOtherStatusDoesNot(int status) {
    machine.connect();
    machine.ended(refused(status));

    assertThat(machine.now.phase()).isNotInstanceOf(Phase.Connecting.class);
    assertThat(place()).isEqualTo("ws://host/first");
  }

  @Test
  void whenBothRefuseTheErrorNamesBoth() {
    machine.connect();
    machine.ended(refused(403));

    assertThat(machine.ended(refused(404))).isEqualTo("Failed(0) stop");
    assertThat(machine.cause().description())
        .contains(
            "HTTP 404 at ws://host/second", "ws://host/first", "path", "client id", "credentials");
  }

  @Test
  void whatAnsweredIsKept() {
    machine.connect();
    machine.ended(refused(403));
    machine.opened();
    machine.ended(BROKEN);
    machine.timeout();

    assertThat(place()).isEqualTo("ws://host/second");
    assertThat(machine.ended(refused(403))).isEqualTo("Failed(1) stop");
    assertThat(machine.cause().description()).doesNotContain("ws://host/first");
  }

  @Test
  void theFirstPathIsKeptToo() {
    machine.connect();
    machine.opened();
    machine.ended(BROKEN);
    machine.timeout();

    assertThat(machine.ended(refused(404))).isEqualTo("Failed(1) stop");
    assertThat(place()).isEqualTo("ws://host/first");
  }

  @Test
  void whenTheSecondPathCannotBeReachedTheNextAttemptBeginsWithTheFirst() {
    machine.connect();
    machine.ended(refused(404));
    machine.ended(BROKEN);
    machine.timeout();

    assertThat(place()).isEqualTo("ws://host/first");
    assertThat(machine.ended(refused(404))).startsWith("Connecting(1) open(");
  }

  @Test
  void afterBothRefusedConnectTriesBothAgain() {
    machine.connect();
    machine.ended(refused(403));
    machine.ended(refused(403));
    machine.connect();

    assertThat(place()).isEqualTo("ws://host/first");
    assertThat(machine.ended(refused(403))).startsWith("Connecting(0) open(");
  }

  private String place() {
    return machine.now.endpoints().current().base();
  }
}
