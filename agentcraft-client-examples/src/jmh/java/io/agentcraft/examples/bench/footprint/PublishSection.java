package io.agentcraft.examples.bench.footprint;

import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows about {@code publish()}. */
public final class PublishSection implements Section {

  /** Creates the section. */
  public PublishSection() {}

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public List<Row> measure(Effort effort) throws RunnerException {
    List<Row> rows = new ArrayList<>();
    for (boolean connected : new boolean[] {true, false}) {
      for (int threads : new int[] {1, 4}) {
        List<Double> micros = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
          RunResult result = run(connected, threads, effort);
          micros.add(result.getPrimaryResult().getScore() / 1_000);
          bytes.add(Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
              .getScore());
        }
        rows.add(new Row(
            "publish(), " + threads + (threads == 1 ? " thread, " : " threads, ")
                + (connected ? "connected" : "offline"),
            "–",
            Ratio.of(micros),
            "µs",
            Target.atMost(2),
            String.format(
                Locale.ROOT,
                "%.0f B allocated an update, the loop's part included",
                Ratio.median(bytes))));
      }
    }
    return rows;
  }

  private static RunResult run(boolean connected, int threads, Effort effort)
      throws RunnerException {
    return new Runner(new OptionsBuilder()
            .include(PublishBenchmark.class.getName() + ".publish")
            .param("connected", String.valueOf(connected))
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(effort.millis()))
            .verbosity(VerboseMode.SILENT)
            .build())
        .runSingle();
  }
}
