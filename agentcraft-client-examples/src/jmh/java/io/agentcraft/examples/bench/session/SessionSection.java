package io.agentcraft.examples.bench.session;

import io.agentcraft.examples.bench.session.ChangePair.Story;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows about changes, published sessions and first receipts. */
public final class SessionSection implements Section {

  private static final int CLIENTS = 10;

  /** Creates the section. */
  public SessionSection() {}

  @Override
  public String name() {
    return "session";
  }

  @Override
  public List<Row> measure(Effort effort) throws RunnerException {
    return List.of(
        changes(
            "a change listener, agent_status",
            "a status listener",
            Story.STATUS,
            Target.atMost(1.3),
            effort),
        changes(
            "a snapshot of 20 agents, one changed, to listeners of changes",
            "decoding it",
            Story.SNAPSHOT,
            Target.atMost(1.15),
            effort),
        crew(effort),
        firstReceipt("DOCUMENTED", effort),
        firstReceipt("DEPLOYED", effort));
  }

  private static Row changes(String what, String against, Story story, Target target, Effort effort)
      throws RunnerException {
    List<Double> ratios = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 0; round < effort.rounds(); round++) {
      RunResult result =
          run(timed(ChangePair.class.getName() + ".turns", effort).param("story", story.name()));
      double frames = counter(result, "frames");
      with.add(counter(result, "changeNanos") / frames / 1_000);
      without.add(counter(result, "plainNanos") / frames / 1_000);
      ratios.add(with.get(round) / without.get(round));
    }
    return new Row(
        what,
        against,
        Ratio.of(ratios),
        "",
        target,
        String.format(
            Locale.ROOT, "%.2f µs, without %.2f µs", Ratio.median(with), Ratio.median(without)));
  }

  private static Row crew(Effort effort) throws RunnerException {
    List<Double> micros = new ArrayList<>();
    for (int round = 0; round < effort.rounds(); round++) {
      micros.add(run(timed(CrewBenchmark.class.getName() + ".update", effort))
              .getPrimaryResult()
              .getScore()
          / 1_000);
    }
    return new Row(
        "an update of a session of 20 agents, 1 thread, connected",
        "–",
        Ratio.of(micros),
        "µs",
        Target.atMost(5),
        "on the thread that calls");
  }

  private static Row firstReceipt(String form, Effort effort) throws RunnerException {
    RunResult result = run(new OptionsBuilder()
        .include(FirstReceiptBenchmark.class.getName() + ".firstReceipt")
        .param("form", form)
        .forks(effort.rounds())
        .warmupIterations(0)
        .measurementIterations(CLIENTS));
    List<Double> later = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    result.getBenchmarkResults().forEach(fork -> {
      List<Double> millis = fork.getIterationResults().stream()
          .map(one -> one.getPrimaryResult().getScore() / 1_000)
          .toList();
      first.add(millis.get(0));
      IntStream.range(1, millis.size()).forEach(i -> later.add(millis.get(i)));
    });
    return new Row(
        "a new client to its first receipt, " + form.toLowerCase(Locale.ROOT) + " form",
        "–",
        Ratio.of(later),
        "ms",
        Target.atMost(200),
        String.format(Locale.ROOT, "the first client of its JVM %.0f ms", Ratio.median(first)));
  }

  private static ChainedOptionsBuilder timed(String benchmark, Effort effort) {
    return new OptionsBuilder()
        .include(benchmark)
        .forks(1)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(effort.millis()));
  }

  private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.verbosity(VerboseMode.SILENT).build()).runSingle();
  }

  private static double counter(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }
}
