package io.agentcraft.examples.bench.socket;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.examples.bench.frames.Workload;
import io.agentcraft.examples.bench.table.Child;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import io.agentcraft.testing.ReferenceServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The reference server's broadcast to more and more clients, which only read bytes. */
public final class BroadcastSection implements Section {

  private static final List<Integer> CLIENTS = List.of(1, 10, 100);
  private static final int DELIVERIES = 20_000;

  /** So much is on its way at once: a slow reader would make the server wait. */
  private static final int CHUNK = 20;

  /** Creates the section. */
  public BroadcastSection() {}

  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public List<Row> measure(Effort effort) throws Exception {
    Map<Integer, List<Double>> costs = new TreeMap<>();
    for (int round = 0; round < effort.rounds(); round++) {
      for (int clients : CLIENTS) {
        costs.computeIfAbsent(clients, one -> new ArrayList<>()).add(cpuMicrosADelivery(clients));
      }
    }
    List<Row> rows = new ArrayList<>();
    List<Double> one = costs.getOrDefault(1, List.of());
    for (int clients : CLIENTS.subList(1, CLIENTS.size())) {
      List<Double> many = costs.getOrDefault(clients, List.of());
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < one.size(); i++) {
        ratios.add(many.get(i) / one.get(i));
      }
      rows.add(new Row(
          "reference server, CPU a client and broadcast, " + clients + " clients",
          "1 client",
          Ratio.of(ratios),
          "",
          Target.atMost(1.5),
          String.format(
              Locale.ROOT,
              "%.1f µs, with one client %.1f µs",
              Ratio.median(many),
              Ratio.median(one))));
    }
    return rows;
  }

  private static double cpuMicrosADelivery(int clients) throws IOException, InterruptedException {
    int frameBytes = Peer.frame(encodedByServer()).length;
    try (Child child = Child.start(Host.class)) {
      String url = child.line();
      child.line();
      List<PlainClient> readers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        PlainClient reader = PlainClient.open(url);
        reader.drainInBackground();
        readers.add(reader);
      }
      // The first bytes are active_sessions: only from then on the server counts a client in.
      for (PlainClient reader : readers) {
        while (reader.bytes() == 0) {
          TimeUnit.MILLISECONDS.sleep(1);
        }
      }
      deliver(child, readers, frameBytes, DELIVERIES);
      long before = child.ask("0")[0];
      int delivered = deliver(child, readers, frameBytes, DELIVERIES);
      return (child.ask("0")[0] - before) / 1e3 / delivered;
    }
  }

  /** Broadcasts until so many frames have arrived in all; returns how many. */
  private static int deliver(Child child, List<PlainClient> readers, int frameBytes, int atLeast)
      throws IOException, InterruptedException {
    int delivered = 0;
    while (delivered < atLeast) {
      List<Long> before = readers.stream().map(PlainClient::bytes).toList();
      child.ask(String.valueOf(CHUNK));
      for (int i = 0; i < readers.size(); i++) {
        while (readers.get(i).bytes() - before.get(i) < (long) CHUNK * frameBytes) {
          TimeUnit.MICROSECONDS.sleep(50);
        }
      }
      delivered += CHUNK * readers.size();
    }
    return delivered;
  }

  private static String encodedByServer() {
    MessageCodec codec = MessageCodec.create();
    return codec.encode(codec.decodeServer(Workload.STATUS.frames().get(0)));
  }

  /** A JVM with the reference server, which broadcasts as often as it is asked to. */
  public static final class Host {

    private Host() {}

    /**
     * Serves until the parent has gone; its first line is the server's address.
     *
     * @param args none
     */
    public static void main(String[] args) {
      ServerMessage message =
          MessageCodec.create().decodeServer(Workload.STATUS.frames().get(0));
      ReferenceServer server = ReferenceServer.start();
      System.out.println(server.url("/ws/agent-tracking"));
      Child.serve(question -> {
        int count = Integer.parseInt(question);
        for (int i = 0; i < count; i++) {
          server.broadcast(message);
        }
        return new long[] {Child.cpuNanos()};
      });
    }
  }
}
