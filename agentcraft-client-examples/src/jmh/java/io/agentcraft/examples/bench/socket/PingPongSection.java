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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** From ping to pong, seen from the server; all contestants are connected, and pinged in turn. */
public final class PingPongSection implements Section {

  private static final byte[] PING =
      Peer.frame("{\"type\": \"ping\", \"timestamp\": 736.91432084}");
  private static final int BATCHES = 5;

  /** Creates the section. */
  public PingPongSection() {}

  @Override
  public String name() {
    return "pingpong";
  }

  @Override
  public List<Row> measure(Effort effort) throws Exception {
    BlockingQueue<Peer> opened = new LinkedBlockingQueue<>();
    CountDownLatch end = new CountDownLatch(1);
    Map<Ponger.Kind, Peer> peers = new EnumMap<>(Ponger.Kind.class);
    List<Child> children = new ArrayList<>();
    try (FrameServer server = new FrameServer(peer -> {
      opened.add(peer);
      await(end);
    })) {
      for (Ponger.Kind kind : Ponger.Kind.values()) {
        Child child = Child.start(Ponger.class, kind, server.url());
        children.add(child);
        child.line();
        peers.put(kind, opened.take());
      }
      return rows(peers, effort);
    } finally {
      end.countDown();
      children.forEach(Child::close);
    }
  }

  private static List<Row> rows(Map<Ponger.Kind, Peer> peers, Effort effort) throws IOException {
    int count = effort.quick() ? 1_000 : 4_000;
    // Blocks the listener of the one that has such a listener.
    for (Peer peer : List.of(peers.get(Ponger.Kind.IDLE), peers.get(Ponger.Kind.BLOCKED))) {
      peer.send(Peer.frame(Workload.STATUS.frames().get(0)));
    }
    roundTrips(peers, 2 * count);
    Map<Ponger.Kind, List<long[]>> batches = new EnumMap<>(Ponger.Kind.class);
    for (int i = 0; i < BATCHES; i++) {
      roundTrips(peers, count)
          .forEach((kind, nanos) ->
              batches.computeIfAbsent(kind, one -> new ArrayList<>()).add(nanos));
    }
    List<Row> rows = new ArrayList<>();
    for (double share : new double[] {0.5, 0.99}) {
      for (Ponger.Kind kind : List.of(Ponger.Kind.IDLE, Ponger.Kind.BLOCKED)) {
        rows.add(row(batches, kind, share));
      }
    }
    return rows;
  }

  private static Map<Ponger.Kind, long[]> roundTrips(Map<Ponger.Kind, Peer> peers, int count)
      throws IOException {
    Map<Ponger.Kind, long[]> nanos = new EnumMap<>(Ponger.Kind.class);
    for (int i = 0; i < count; i++) {
      for (Map.Entry<Ponger.Kind, Peer> each : peers.entrySet()) {
        long begin = System.nanoTime();
        each.getValue().send(PING);
        each.getValue().awaitText();
        nanos.computeIfAbsent(each.getKey(), kind -> new long[count])[i] =
            System.nanoTime() - begin;
      }
    }
    nanos.values().forEach(Arrays::sort);
    return nanos;
  }

  private static Row row(Map<Ponger.Kind, List<long[]>> batches, Ponger.Kind kind, double share) {
    List<Double> ours = at(batches, kind, share);
    List<Double> echo = at(batches, Ponger.Kind.ECHO, share);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i) / echo.get(i));
    }
    return new Row(
        "ping to pong, p" + Math.round(share * 100)
            + (kind == Ponger.Kind.BLOCKED ? ", listener blocked" : ", listener idle"),
        "bare OkHttp echo",
        Ratio.of(ratios),
        "",
        share == 0.5 ? Target.atMost(1.15) : Target.NONE,
        String.format(
            Locale.ROOT,
            "%.0f µs, echo %.0f µs",
            Ratio.median(ours) / 1_000,
            Ratio.median(echo) / 1_000));
  }

  private static List<Double> at(
      Map<Ponger.Kind, List<long[]>> batches, Ponger.Kind kind, double share) {
    return batches.getOrDefault(kind, List.of()).stream()
        .map(sorted -> (double) sorted[(int) (sorted.length * share)])
        .toList();
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
