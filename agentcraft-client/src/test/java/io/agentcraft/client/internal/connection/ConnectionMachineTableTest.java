package io.agentcraft.client.internal.connection;

import static io.agentcraft.client.internal.connection.MachineDriver.BROKEN;
import static io.agentcraft.client.internal.connection.MachineDriver.closed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.internal.connection.ConnectionMachine.Event;
import io.agentcraft.client.internal.connection.ConnectionMachine.Phase;
import io.agentcraft.client.internal.connection.ConnectionMachine.State;
import io.agentcraft.client.internal.connection.ConnectionMachine.Transition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every phase × every event. The socket of the phase is number 7 and the attempt number 2. Each cell has the next phase and
 * the effects in order; a dot stands for "nothing changes and nothing is done", a cell without a phase for "nothing
 * changes, but this is done".
 */
class ConnectionMachineTableTest {

  private static final String TABLE = """
      event        | idle                            | connecting                    | open                          | delivered                          | leaving                            | waiting                         | closing          | failed                          | closed
      connect      | Connecting(0) open(8) timer(15) | .                             | .                             | .                                  | .                                  | .                               | .                | Connecting(0) open(8) timer(15) | .
      close        | Closed stop                     | Closed stop cancel(7)         | Closing close(7) timer(6)     | Closing close(7) timer(6)          | Closing close(7) timer(6)          | Closed stop                     | .                | Closed stop                     | .
      timeout      | .                               | Waiting(3) cancel(7) timer(8) | .                             | Open(0,delivered)                  | Waiting(3) cancel(7) timer(8)      | Connecting(2) open(8) timer(15) | Closed cancel(7) | .                               | .
      opened       | cancel(7)                       | Open(2) stop                  | .                             | .                                  | .                                  | cancel(7)                       | .                | cancel(7)                       | cancel(7)
      late opened  | cancel(6)                       | cancel(6)                     | cancel(6)                     | cancel(6)                          | cancel(6)                          | cancel(6)                       | cancel(6)        | cancel(6)                       | cancel(6)
      message      | .                               | .                             | Open(2,delivered) timer(5)    | .                                  | .                                  | .                               | .                | .                               | .
      late message | .                               | .                             | .                             | .                                  | .                                  | .                               | .                | .                               | .
      leave        | .                               | .                             | Open(2,leaving) timer(6)      | Open(2,delivered,leaving) timer(6) | Open(2,delivered,leaving) timer(6) | .                               | .                | .                               | .
      late leave   | .                               | .                             | .                             | .                                  | .                                  | .                               | .                | .                               | .
      silent       | .                               | .                             | Waiting(3) cancel(7) timer(8) | Waiting(3) cancel(7) timer(8)      | Waiting(3) cancel(7) timer(8)      | .                               | .                | .                               | .
      late silent  | .                               | .                             | .                             | .                                  | .                                  | .                               | .                | .                               | .
      mute         | .                               | .                             | Waiting(3) cancel(7) timer(8) | Waiting(3) cancel(7) timer(8)      | .                                  | .                               | .                | .                               | .
      late mute    | .                               | .                             | .                             | .                                  | .                                  | .                               | .                | .                               | .
      ended        | .                               | Waiting(3) timer(8)           | Waiting(3) timer(8)           | Waiting(3) timer(8)                | Waiting(3) timer(8)                | .                               | Closed stop      | .                               | .
      late ended   | .                               | .                             | .                             | .                                  | .                                  | .                               | .                | .                               | .
      final end    | .                               | Failed(2) stop                | Failed(2) stop                | Failed(2) stop                     | Waiting(3) timer(8)                | .                               | Closed stop      | .                               | .
      """;

  @ParameterizedTest(name = "{0} while {1}")
  @MethodSource("cells")
  void everyEventInEveryPhase(String event, String phase, String expected) {
    MachineDriver machine = MachineDriver.withDefaults();
    machine.now = new State(phase(phase), 7, machine.now.endpoints(), 0);
    State before = machine.now;

    String actual = machine.on(event(event));

    if (expected.equals(".") || Character.isLowerCase(expected.charAt(0))) {
      assertThat(machine.now).isEqualTo(before);
      assertThat(actual
              .substring(MachineDriver.words(Transition.to(before)).length())
              .trim())
          .isEqualTo(expected.equals(".") ? "" : expected);
    } else {
      assertThat(actual).isEqualTo(expected);
    }
  }

  static Stream<Arguments> cells() {
    List<List<String>> rows = TABLE
        .lines()
        .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
        .toList();
    List<String> phases = rows.get(0);
    return rows.stream()
        .skip(1)
        .flatMap(row -> Stream.iterate(1, i -> i < row.size(), i -> i + 1)
            .map(i -> Arguments.of(row.get(0), phases.get(i), row.get(i))));
  }

  private static Phase phase(String name) {
    return switch (name) {
      case "idle" -> new Phase.Idle();
      case "connecting" -> new Phase.Connecting(2, BROKEN);
      case "open" -> new Phase.Open(2, false, null);
      case "delivered" -> new Phase.Open(2, true, null);
      case "leaving" -> new Phase.Open(2, true, closed(1012));
      case "waiting" -> new Phase.Waiting(2, Duration.ofSeconds(4), BROKEN);
      case "closing" -> new Phase.Closing();
      case "failed" -> new Phase.Failed(2, BROKEN, "no more");
      case "closed" -> new Phase.Closed();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Event event(String name) {
    long generation = name.startsWith("late") ? 6 : 7;
    return switch (name.replace("late ", "")) {
      case "connect" -> new Event.ConnectRequested();
      case "close" -> new Event.CloseRequested();
      case "timeout" -> new Event.TimedOut("");
      case "opened" -> new Event.Opened(generation);
      case "message" -> new Event.FirstMessage(generation);
      case "leave" -> new Event.PeerClosing(generation, closed(1012));
      case "silent" -> new Event.Silent(generation, Duration.ofSeconds(46));
      case "mute" -> new Event.Mute(generation);
      case "ended" -> new Event.Ended(generation, BROKEN);
      case "final end" -> new Event.Ended(generation, closed(1008));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
