package io.agentcraft.examples.bench.socket;

import io.agentcraft.examples.bench.frames.Workload;
import io.agentcraft.examples.bench.table.Child;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Frames a second from a socket to a listener: in each round every contestant has a JVM of its own, one after the other. */
public final class ThroughputSection implements Section {

  private static final List<Workload> ALL =
      List.of(Workload.STATUS, Workload.STATE, Workload.SNAPSHOT, Workload.MIX);
  private static final List<Workload> QUICK = List.of(Workload.STATUS, Workload.MIX);

  /** Frames a second that the server wrote, and processor time a frame in the client. */
  private record Rate(double framesPerSecond, double cpuNanos) {}

  /** Creates the section. */
  public ThroughputSection() {}

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public List<Row> measure(Effort effort) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Workload workload : effort.quick() ? QUICK : ALL) {
      Map<Contestant, List<Rate>> rates = new EnumMap<>(Contestant.class);
      for (int round = 0; round < effort.rounds(); round++) {
        for (Contestant contestant : Contestant.values()) {
          rates
              .computeIfAbsent(contestant, one -> new ArrayList<>())
              .add(rate(contestant, workload, effort));
        }
      }
      for (Contestant other : Contestant.values()) {
        if (other != Contestant.SDK) {
          rows.add(row(workload, rates, other));
        }
      }
    }
    return rows;
  }

  private static Rate rate(Contestant contestant, Workload workload, Effort effort)
      throws IOException, InterruptedException {
    AtomicLong written = new AtomicLong();
    try (FrameServer server = FrameServer.blaster(workload.frames(), written);
        Child child = Child.start(Receiver.class, contestant, server.url(), 1)) {
      child.line();
      Thread.sleep(effort.warmupMillis());
      long writtenBefore = written.get();
      long[] before = child.ask("now");
      Thread.sleep(effort.millis());
      long writtenAfter = written.get();
      long[] after = child.ask("now");
      double frames = writtenAfter - writtenBefore;
      return new Rate(frames * 1e9 / (after[1] - before[1]), (after[2] - before[2]) / frames);
    }
  }

  private static Row row(Workload workload, Map<Contestant, List<Rate>> rates, Contestant other) {
    List<Rate> ours = rates.getOrDefault(Contestant.SDK, List.of());
    List<Rate> theirs = rates.getOrDefault(other, List.of());
    boolean swapped = other == Contestant.SDK_UNHEARD || other == Contestant.PLAIN;
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      double ratio = ours.get(i).framesPerSecond() / theirs.get(i).framesPerSecond();
      ratios.add(swapped ? 1 / ratio : ratio);
    }
    String frames = workload.name().toLowerCase(Locale.ROOT);
    return new Row(
        swapped ? other.words() + ", " + frames + " frames/s" : frames + " frames/s to a listener",
        swapped ? "full delivery by the SDK" : other.words(),
        Ratio.of(ratios),
        "",
        target(other),
        String.format(
            Locale.ROOT,
            "SDK %.0f/s, %.2f µs CPU a frame; other %.0f/s, %.2f µs",
            median(ours, true),
            median(ours, false) / 1_000,
            median(theirs, true),
            median(theirs, false) / 1_000));
  }

  private static double median(List<Rate> rates, boolean speed) {
    return Ratio.median(rates.stream()
        .map(one -> speed ? one.framesPerSecond() : one.cpuNanos())
        .toList());
  }

  private static Target target(Contestant other) {
    return switch (other) {
      case OKHTTP_DATABIND -> Target.atLeast(0.90);
      case OKHTTP_TREE -> Target.atLeast(1.3);
      case JDK_TREE -> Target.atLeast(1.6);
      case JAVA_WEBSOCKET_TREE, JETTY_TREE -> Target.atLeast(1);
      case SDK_UNHEARD -> Target.atLeast(2);
      case SDK, PLAIN -> Target.NONE;
    };
  }
}
