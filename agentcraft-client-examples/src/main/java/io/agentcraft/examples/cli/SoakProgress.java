package io.agentcraft.examples.cli;

import io.agentcraft.examples.soak.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/** The two ways of showing how far a soak is. */
final class SoakProgress {

  private SoakProgress() {}

  /** One line that is written anew each time: for a terminal. */
  static final class Rewritten implements Progress {

    private final PrintWriter out;
    private int width;

    Rewritten(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void show(String line) {
      out.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    }
  }

  /** A line now and then: for a file or a pipe. */
  static final class Plain implements Progress {

    private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private long next = System.nanoTime();

    Plain(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void show(String line) {
      if (System.nanoTime() - next >= 0) {
        next = System.nanoTime() + BETWEEN_LINES;
        out.println(line);
        out.flush();
      }
    }
  }
}
