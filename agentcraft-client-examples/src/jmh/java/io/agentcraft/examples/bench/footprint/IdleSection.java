package io.agentcraft.examples.bench.footprint;

import io.agentcraft.examples.bench.socket.FrameServer;
import io.agentcraft.examples.bench.table.Child;
import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What an idle client holds, more than a bare WebSocket does. */
public final class IdleSection implements Section {

  private static final int FIRST = 100;
  private static final int MORE = 400;

  private record Held(double kibibytes, double threads) {}

  /** Creates the section. */
  public IdleSection() {}

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Row> measure(Effort effort) throws IOException, InterruptedException {
    Held sdk = held(true);
    Held bare = held(false);
    double more = sdk.kibibytes() - bare.kibibytes();
    return List.of(
        new Row(
            "idle client, retained heap beyond the socket's",
            "bare OkHttp WebSocket, same OkHttpClient",
            new Ratio(more, 0),
            "KiB",
            Target.atMost(8),
            String.format(
                Locale.ROOT,
                "%.1f KiB, bare %.1f KiB, each over %d clients",
                sdk.kibibytes(),
                bare.kibibytes(),
                MORE)),
        new Row(
            "idle client, threads of ours",
            "–",
            new Ratio(sdk.threads(), 0),
            "a client",
            Target.atMost(0),
            "one loop thread for all clients of the JVM"));
  }

  private static Held held(boolean sdk) throws IOException, InterruptedException {
    try (FrameServer server = FrameServer.quiet();
        Child child = Child.start(IdleHolder.class, sdk, server.url())) {
      child.line();
      child.ask(String.valueOf(FIRST));
      // The threads that called back when the connection opened end after a second without work.
      Thread.sleep(2_000);
      long[] before = child.ask("0");
      child.ask(String.valueOf(MORE));
      Thread.sleep(2_000);
      long[] after = child.ask("0");
      return new Held(
          (after[0] - before[0]) / 1024.0 / MORE, (double) (after[1] - before[1]) / MORE);
    }
  }
}
