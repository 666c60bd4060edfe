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
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many clients in one JVM, and always the same number of messages a second to all of them together. */
public final class ManyClientsSection implements Section {

  private static final int PER_SECOND = 5_000;
  private static final List<Integer> CLIENTS = List.of(1, 10, 100, 1_000);
  private static final List<Contestant> CONTESTANTS =
      List.of(Contestant.SDK, Contestant.OKHTTP_DATABIND);

  /** Creates the section. */
  public ManyClientsSection() {}

  @Override
  public String name() {
    return "many";
  }

  @Override
  public List<Row> measure(Effort effort) throws Exception {
    Map<Contestant, Map<Integer, List<Double>>> costs = new EnumMap<>(Contestant.class);
    for (int round = 0; round < effort.rounds(); round++) {
      for (int clients : CLIENTS) {
        for (Contestant contestant : CONTESTANTS) {
          costs
              .computeIfAbsent(contestant, one -> new TreeMap<>())
              .computeIfAbsent(clients, one -> new ArrayList<>())
              .add(cpuMicrosAMessage(contestant, clients, effort));
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Contestant contestant : CONTESTANTS) {
      Map<Integer, List<Double>> byCount = costs.getOrDefault(contestant, Map.of());
      for (int clients : CLIENTS.subList(1, CLIENTS.size())) {
        rows.add(row(contestant, byCount, clients));
      }
    }
    return rows;
  }

  private static Row row(Contestant contestant, Map<Integer, List<Double>> byCount, int clients) {
    List<Double> one = byCount.getOrDefault(1, List.of());
    List<Double> many = byCount.getOrDefault(clients, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      ratios.add(many.get(i) / one.get(i));
    }
    return new Row(
        "CPU a message, " + clients + " clients, " + contestant.words(),
        "1 client, same total rate",
        Ratio.of(ratios),
        "",
        contestant == Contestant.SDK ? Target.atMost(1.5) : Target.NONE,
        String.format(
            Locale.ROOT,
            "%.1f µs, with one client %.1f µs",
            Ratio.median(many),
            Ratio.median(one)));
  }

  private static double cpuMicrosAMessage(Contestant contestant, int clients, Effort effort)
      throws IOException, InterruptedException {
    List<Peer> peers = new CopyOnWriteArrayList<>();
    byte[] frame = Peer.frame(Workload.STATUS.frames().get(0));
    try (FrameServer server = new FrameServer(peer -> {
          peers.add(peer);
          FrameServer.drain(peer);
        });
        Child child = Child.start(Receiver.class, contestant, server.url(), clients)) {
      child.line();
      while (peers.size() < clients) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      Thread pacer = FrameServer.daemon(() -> pace(peers, frame));
      try {
        // Long: what is measured is the steady state, and the compiler gets few messages to learn
        // from.
        Thread.sleep(3L * effort.warmupMillis());
        long[] before = child.ask("now");
        Thread.sleep(2L * effort.millis());
        long[] after = child.ask("now");
        return (after[2] - before[2]) / 1e3 / (after[0] - before[0]);
      } finally {
        pacer.interrupt();
        pacer.join();
      }
    }
  }

  private static void pace(List<Peer> peers, byte[] frame) {
    long begin = System.nanoTime();
    try {
      for (long sent = 0; !Thread.currentThread().isInterrupted(); sent++) {
        long due = begin + sent * 1_000_000_000L / PER_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
        peers.get((int) (sent % peers.size())).send(frame);
      }
    } catch (IOException over) {
      // The child has gone.
    }
  }
}
