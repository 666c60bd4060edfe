package io.agentcraft.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.examples.soak.Meter.Usage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakReportTest {

  private static final int CLIENTS = 10;
  private static final Usage MIDDLE = new Usage(40 << 20, 100, 30);

  /** MiB, threads and sockets at the end, after 40, 100 and 30 in the middle. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "44 | 116 | 38 | 0 | Nothing grew.",
        "30 |  90 | 20 | 0 | Nothing grew.",
        "45 | 116 | 38 | 1 | Not well: the heap grew by 5.0 MiB.",
        "44 | 117 | 38 | 1 | Not well: there are 17 more threads.",
        "44 | 116 | 39 | 1 | Not well: there are 9 more sockets."
      })
  void growsFromTheMiddleToTheEnd(int heap, int threads, int sockets, int exitCode, String words) {
    SoakReport.Verdict verdict = report(
            new Usage((long) heap << 20, threads, sockets), CLIENTS, false, null)
        .verdict();

    assertThat(verdict).isEqualTo(new SoakReport.Verdict(exitCode, words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        " 9 | false | -    |   1 | Not well: 1 clients are not connected.",
        " 9 | true  | -    | 130 | Stopped before its end: no verdict.",
        " 9 | true  | Lost |   1 | Lost",
        "10 | false | Lost |   1 | Lost"
      })
  void lostClientsWeighMoreThanTheEnd(
      int connected, boolean interrupted, @Nullable String problem, int exitCode, String words) {
    SoakReport.Verdict verdict = report(MIDDLE, connected, interrupted, problem).verdict();

    assertThat(verdict).isEqualTo(new SoakReport.Verdict(exitCode, words));
  }

  private static SoakReport report(
      Usage end, int connected, boolean interrupted, @Nullable String problem) {
    return new SoakReport(
        "ws://host",
        new SoakRun.Plan(null, CLIENTS, null, 2, false, 1),
        Duration.ofMinutes(1),
        2,
        connected,
        0,
        0,
        Map.of(),
        Map.of(),
        MIDDLE,
        MIDDLE,
        end,
        interrupted,
        problem,
        Meter.Sockets.PROC);
  }
}
