package io.agentcraft.examples.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link SoakReport} in words. */
final class SoakLines {

  private SoakLines() {}

  static List<String> of(SoakReport report) {
    SoakPlan plan = report.plan();
    List<String> lines = new ArrayList<>();
    lines.add("Soak of " + plan.clients() + " clients, " + minutes(report.lasted()) + ", "
        + report.rounds() + " rounds, on " + report.url());
    lines.add("  connected   " + report.connected() + " of " + plan.clients());
    lines.add("  messages    " + report.messages());
    lines.add("  reconnects  " + report.reconnects());
    lines.add("  errors      " + counts(report.errors()));
    lines.add("  faults      "
        + (plan.faults() ? counts(report.strikes()) + " (seed " + plan.seed() + ")" : "none"));
    addUsage(lines, "start", report.start());
    addUsage(lines, "middle", report.middle());
    addUsage(lines, "end", report.end());
    lines.add("  (sockets: " + report.sockets().description() + ")");
    lines.add("  (" + SoakVerdict.RULE + ")");
    lines.add(report.verdict().words());
    return lines;
  }

  private static void addUsage(List<String> lines, String name, @Nullable Usage usage) {
    if (usage != null) {
      lines.add(String.format(
          Locale.ROOT,
          "  %-10s  %7.1f MiB heap after GC, %4d threads, %4s sockets",
          name,
          SoakVerdict.mebibytes(usage.heapBytes()),
          usage.threads(),
          usage.sockets() == OpenSockets.UNKNOWN ? "?" : usage.sockets()));
    }
  }

  private static String counts(Map<String, ? extends Number> byName) {
    return byName.isEmpty()
        ? "0"
        : new TreeMap<>(byName)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
  }

  private static String minutes(Duration lasted) {
    return String.format(Locale.ROOT, "%.1f min", lasted.toMillis() / 60_000.0);
  }
}
