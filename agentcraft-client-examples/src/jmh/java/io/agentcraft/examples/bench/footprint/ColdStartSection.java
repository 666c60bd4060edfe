package io.agentcraft.examples.bench.footprint;

import io.agentcraft.examples.bench.frames.Workload;
import io.agentcraft.examples.bench.socket.FrameServer;
import io.agentcraft.examples.bench.socket.Peer;
import io.agentcraft.examples.bench.table.Child;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From main to the first typed message, each time in a new JVM, in turn. */
public final class ColdStartSection implements Section {

  /** Creates the section. */
  public ColdStartSection() {}

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public List<Row> measure(Effort effort) throws IOException {
    byte[] frame = Peer.frame(Workload.STATUS.frames().get(0));
    List<Double> sdk = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    try (FrameServer server = new FrameServer(peer -> {
      peer.send(frame);
      FrameServer.drain(peer);
    })) {
      // The first of each only warms the machine's file cache.
      int starts = effort.quick() ? 6 : 16;
      for (int i = 0; i < starts; i++) {
        double ours = millis("sdk", server);
        double theirs = millis("bare", server);
        if (i > 0) {
          sdk.add(ours);
          bare.add(theirs);
          ratios.add(ours / theirs);
        }
      }
    }
    return List.of(new Row(
        "cold JVM, from main to the first typed message",
        "bare OkHttp + Jackson",
        Ratio.of(ratios),
        "",
        Target.atMost(1.25),
        String.format(
            Locale.ROOT,
            "%.0f ms, bare %.0f ms, medians of %d starts",
            Ratio.median(sdk),
            Ratio.median(bare),
            sdk.size())));
  }

  private static double millis(String kind, FrameServer server) throws IOException {
    try (Child child = Child.start(FirstMessage.class, kind, server.url())) {
      return Long.parseLong(child.line()) / 1e6;
    }
  }
}
