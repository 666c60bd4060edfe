package io.agentcraft.examples.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a run was well.
 *
 * @param exitCode 0 if nothing grew and every client is connected, 1 if not, 130 if the run was stopped before its end
 * @param words what it comes down to
 */
public record SoakVerdict(int exitCode, String words) {

  /** What counts as grown. */
  static final String RULE = "grown is: from the middle to the end, heap after GC by more than 10 %"
      + " and 2 MiB, threads by more than 16, sockets by more than 8";

  private static final int INTERRUPTED = 130;
  private static final long HEAP_ALLOWANCE = 2 << 20;
  private static final int THREAD_ALLOWANCE = 16;
  private static final int SOCKET_ALLOWANCE = 8;

  static SoakVerdict of(SoakReport report) {
    if (report.problem() != null) {
      return new SoakVerdict(1, report.problem());
    }
    if (report.interrupted()) {
      return new SoakVerdict(INTERRUPTED, "Stopped before its end: no verdict.");
    }
    List<String> wrong = new ArrayList<>();
    if (report.connected() < report.plan().clients()) {
      wrong.add((report.plan().clients() - report.connected()) + " clients are not connected");
    }
    if (report.middle() != null && report.end() != null) {
      addGrowth(report.middle(), report.end(), wrong);
    }
    return wrong.isEmpty()
        ? new SoakVerdict(0, "Nothing grew.")
        : new SoakVerdict(1, "Not well: " + String.join("; ", wrong) + ".");
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

  static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
