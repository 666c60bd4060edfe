package io.agentcraft.testing;

import io.agentcraft.testing.internal.protocol.PrintableText;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports what the server refuses, a few times a minute at most: a stranger must not be able to fill a log. */
final class Refusals {

  private static final System.Logger LOG = System.getLogger("io.agentcraft.testing");
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 10;
  private static final int LONGEST = 100;

  private final Consumer<String> listener;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private long windowStart;
  private int reported;
  private int leftOut;

  Refusals(Consumer<String> listener, LongSupplier nanoTime) {
    this.listener = listener;
    this.nanoTime = nanoTime;
    windowStart = nanoTime.getAsLong();
  }

  /** Reports to the log of the program. */
  static void log(String refusal) {
    LOG.log(System.Logger.Level.INFO, refusal);
  }

  /** Quotes text from outside, on one line and not too long. */
  static String shown(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    return "\"" + PrintableText.of(cut) + "\"";
  }

  /** Reports a refusal, or counts it. */
  void report(String refusal) {
    String line;
    synchronized (this) {
      if (nanoTime.getAsLong() - windowStart >= WINDOW) {
        windowStart = nanoTime.getAsLong();
        reported = 0;
      }
      if (reported == MOST) {
        leftOut++;
        return;
      }
      reported++;
      line = leftOut == 0 ? refusal : refusal + " (" + leftOut + " more were not reported)";
      leftOut = 0;
    }
    listener.accept(line);
  }
}
