package io.agentcraft.examples.bench;

import io.agentcraft.examples.bench.decode.DecodeSection;
import io.agentcraft.examples.bench.footprint.ColdStartSection;
import io.agentcraft.examples.bench.footprint.IdleSection;
import io.agentcraft.examples.bench.footprint.JarSection;
import io.agentcraft.examples.bench.footprint.PublishSection;
import io.agentcraft.examples.bench.session.SessionSection;
import io.agentcraft.examples.bench.socket.BroadcastSection;
import io.agentcraft.examples.bench.socket.ManyClientsSection;
import io.agentcraft.examples.bench.socket.PingPongSection;
import io.agentcraft.examples.bench.socket.ThroughputSection;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import io.agentcraft.examples.bench.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs the benchmarks and prints one table. */
public final class Bench {

  private static final String USAGE = """
      Usage: [--quick] [--only NAME[,NAME...]]
        --quick  eight minutes for a first look, instead of half an hour
        --only   some sections: %s
      The table is Markdown.""";

  private static final List<Section> SECTIONS = List.of(
      new DecodeSection(),
      new ThroughputSection(),
      new PublishSection(),
      new SessionSection(),
      new PingPongSection(),
      new IdleSection(),
      new ManyClientsSection(),
      new BroadcastSection(),
      new ColdStartSection(),
      new JarSection());

  private Bench() {}

  /**
   * Runs them.
   *
   * @param args see {@code --help}
   * @throws Exception if something can't be measured
   */
  public static void main(String[] args) throws Exception {
    Effort effort = Effort.FULL;
    List<String> names = SECTIONS.stream().map(Section::name).toList();
    List<String> wanted = names;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--quick")) {
        effort = Effort.QUICK;
      } else if (args[i].equals("--only") && i + 1 < args.length) {
        wanted = Arrays.asList(args[++i].split(","));
      } else {
        System.out.println(USAGE.formatted(String.join(", ", names)));
        System.exit(2);
      }
    }
    run(wanted, effort);
  }

  private static void run(List<String> wanted, Effort effort) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Section section : SECTIONS) {
      if (wanted.contains(section.name())) {
        long begin = System.nanoTime();
        rows.addAll(section.measure(effort));
        System.err.printf(
            Locale.ROOT,
            "%s took %d s%n",
            section.name(),
            (System.nanoTime() - begin) / 1_000_000_000);
      }
    }
    System.out.println();
    new Table(rows).lines().forEach(System.out::println);
  }
}
