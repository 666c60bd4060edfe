package io.agentcraft.examples.bench.decode;

import io.agentcraft.examples.bench.frames.Workload;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows about decoding: each round is a JVM for each pair. */
public final class DecodeSection implements Section {

  private static final Set<Workload> QUICK =
      EnumSet.of(Workload.STATUS, Workload.STATE, Workload.MIX);

  private record Pair(Way other, Workload workload) {}

  private record Sample(double sdkNanos, double otherNanos, double sdkBytes, double otherBytes) {
    double speed() {
      return otherNanos / sdkNanos;
    }
  }

  /** Creates the section. */
  public DecodeSection() {}

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public List<Row> measure(Effort effort) throws RunnerException {
    Map<Pair, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < effort.rounds(); round++) {
      for (Workload workload : effort.quick() ? QUICK : EnumSet.allOf(Workload.class)) {
        for (Way other : EnumSet.complementOf(EnumSet.of(Way.SDK))) {
          Pair pair = new Pair(other, workload);
          samples.computeIfAbsent(pair, one -> new ArrayList<>()).add(sample(pair, effort));
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    samples.forEach((pair, all) -> rows.add(speed(pair, all)));
    samples.forEach((pair, all) -> {
      if (pair.other() == Way.DATABIND) {
        rows.add(allocation(pair, all));
      }
    });
    return rows;
  }

  private static Sample sample(Pair pair, Effort effort) throws RunnerException {
    RunResult result = new Runner(new OptionsBuilder()
            .include(DecodePair.class.getName() + ".turns")
            .param("other", pair.other().name())
            .param("workload", pair.workload().name())
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(effort.millis()))
            .verbosity(VerboseMode.SILENT)
            .build())
        .runSingle();
    double frames = counter(result, "frames");
    return new Sample(
        counter(result, "sdkNanos") / frames,
        counter(result, "otherNanos") / frames,
        counter(result, "sdkBytes") / frames,
        counter(result, "otherBytes") / frames);
  }

  private static double counter(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }

  private static Row speed(Pair pair, List<Sample> samples) {
    return new Row(
        "decode " + words(pair.workload()),
        words(pair.other()),
        Ratio.of(samples.stream().map(Sample::speed).toList()),
        "",
        target(pair),
        String.format(
            Locale.ROOT,
            "%.2f µs, the other %.2f µs",
            median(samples.stream().map(Sample::sdkNanos).toList()) / 1_000,
            median(samples.stream().map(Sample::otherNanos).toList()) / 1_000));
  }

  private static Row allocation(Pair pair, List<Sample> samples) {
    return new Row(
        "bytes allocated for " + words(pair.workload()),
        words(pair.other()),
        Ratio.of(samples.stream().map(one -> one.sdkBytes() / one.otherBytes()).toList()),
        "",
        Target.atMost(1),
        String.format(
            Locale.ROOT,
            "%.0f B, the other %.0f B",
            median(samples.stream().map(Sample::sdkBytes).toList()),
            median(samples.stream().map(Sample::otherBytes).toList())));
  }

  private static double median(List<Double> samples) {
    return Ratio.median(samples);
  }

  private static Target target(Pair pair) {
    return switch (pair.other()) {
      case SCAN ->
        switch (pair.workload()) {
          case STATUS -> Target.atLeast(0.80);
          case STATE -> Target.atLeast(0.65);
          default -> Target.NONE;
        };
      case TREE -> Target.atLeast(1.6);
      default -> Target.NONE;
    };
  }

  private static String words(Workload workload) {
    return switch (workload) {
      case STATUS -> "agent_status";
      case STATUS_TYPE_LAST -> "agent_status, type last";
      case STATE -> "session_state";
      case STATE_TYPE_LAST -> "session_state, type last";
      case SNAPSHOT -> "snapshot event";
      case MIX -> "recorded mix";
    };
  }

  private static String words(Way way) {
    return switch (way) {
      case SDK -> "the SDK";
      case SCAN -> "Jackson token scan";
      case DATABIND -> "databind polymorphic";
      case TREE -> "readTree + treeToValue";
    };
  }
}
