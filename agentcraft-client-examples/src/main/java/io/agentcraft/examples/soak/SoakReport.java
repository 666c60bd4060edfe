package io.agentcraft.examples.soak;

import io.agentcraft.examples.soak.Meter.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param url the server
 * @param plan what was to be done
 * @param lasted the time from the first to the last measurement
 * @param rounds how many rounds were completed
 * @param connected how many clients were connected at the end
 * @param messages how many messages listeners received
 * @param reconnects how often a client reconnected
 * @param errors how many errors were reported, by class
 * @param faults how often each fault was injected
 * @param start measured after the first round; {@code null} if the run was stopped before
 * @param middle measured half-way; {@code null} if the run was stopped before
 * @param end measured at the end; {@code null} if the run was stopped before the start
 * @param interrupted whether it was stopped from outside
 * @param problem why it ended early; {@code null} if it did not
 * @param sockets what is counted as a socket
 */
public record SoakReport(
    String url,
    SoakRun.Plan plan,
    Duration lasted,
    int rounds,
    long connected,
    long messages,
    long reconnects,
    Map<String, Long> errors,
    Map<String, Integer> faults,
    @Nullable Usage start,
    @Nullable Usage middle,
    @Nullable Usage end,
    boolean interrupted,
    @Nullable String problem,
    Meter.Sockets sockets) {

  private static final String RULE = "grown is: from the middle to the end, heap after GC by more"
      + " than 10 % and 2 MiB, threads by more than 16, sockets by more than 8";

  private static final int INTERRUPTED = 130;
  private static final long HEAP_ALLOWANCE = 2 << 20;
  private static final int THREAD_ALLOWANCE = 16;
  private static final int SOCKET_ALLOWANCE = 8;

  /**
   * The conclusion.
   *
   * @param exitCode 0 if nothing grew and every client is connected, 1 if not, 130 if the run was stopped early
   * @param words the conclusion in a sentence
   */
  public record Verdict(int exitCode, String words) {}

  /**
   * Returns the conclusion.
   *
   * @return the conclusion
   */
  public Verdict verdict() {
    if (problem != null) {
      return new Verdict(1, problem);
    }
    if (interrupted) {
      return new Verdict(INTERRUPTED, "Stopped before its end: no verdict.");
    }
    List<String> wrong = new ArrayList<>();
    if (connected < plan.clients()) {
      wrong.add((plan.clients() - connected) + " clients are not connected");
    }
    if (middle != null && end != null) {
      addGrowth(middle, end, wrong);
    }
    return wrong.isEmpty()
        ? new Verdict(0, "Nothing grew.")
        : new Verdict(1, "Not well: " + String.join("; ", wrong) + ".");
  }

  /**
   * Returns the report for people to read.
   *
   * @return its lines, the conclusion last
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(
        Locale.ROOT,
        "Soak of %d clients, %.1f min, %d rounds, on %s",
        plan.clients(),
        lasted.toMillis() / 60_000.0,
        rounds,
        url));
    lines.add("  connected   " + connected + " of " + plan.clients());
    lines.add("  messages    " + messages);
    lines.add("  reconnects  " + reconnects);
    lines.add("  errors      " + counts(errors));
    lines.add("  faults      "
        + (plan.faults() ? counts(faults) + " (seed " + plan.seed() + ")" : "none"));
    addUsage(lines, "start", start);
    addUsage(lines, "middle", middle);
    addUsage(lines, "end", end);
    lines.add("  (sockets: " + sockets.description() + ")");
    lines.add("  (" + RULE + ")");
    lines.add(verdict().words());
    return lines;
  }

  private static void addGrowth(Usage middle, Usage end, List<String> wrong) {
    long more = end.heapBytes() - middle.heapBytes();
    if (more > HEAP_ALLOWANCE && more > middle.heapBytes() / 10) {
      wrong.add(String.format(Locale.ROOT, "the heap grew by %.1f MiB", mebibytes(more)));
    }
    if (end.threads() - middle.threads() > THREAD_ALLOWANCE) {
      wrong.add("there are " + (end.threads() - middle.threads()) + " more threads");
    }
    if (end.sockets() - middle.sockets() > SOCKET_ALLOWANCE) {
      wrong.add("there are " + (end.sockets() - middle.sockets()) + " more sockets");
    }
  }

  private static void addUsage(List<String> lines, String name, @Nullable Usage usage) {
    if (usage != null) {
      lines.add(String.format(
          Locale.ROOT,
          "  %-10s  %7.1f MiB heap after GC, %4d threads, %4s sockets",
          name,
          mebibytes(usage.heapBytes()),
          usage.threads(),
          usage.sockets() == Meter.Sockets.UNKNOWN ? "?" : usage.sockets()));
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

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
