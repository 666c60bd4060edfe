package io.agentcraft.examples.cli;

import io.agentcraft.examples.dashboard.Terminals;
import io.agentcraft.examples.soak.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jline.terminal.Terminal;

/** The two ways of showing how far something is, and the bar that both show. */
final class ProgressLine {

  private static final int BAR_WIDTH = 24;

  private ProgressLine() {}

  /** Returns the way that fits where standard output goes. */
  static Progress to(PrintWriter out) {
    try (Terminal terminal = Terminals.open().orElse(null)) {
      return terminal != null ? new Rewritten(out) : new Plain(out);
    } catch (IOException broken) {
      return new Plain(out);
    }
  }

  /** Returns a bar such as {@code [######..................]  25 %}. */
  static String bar(double fraction) {
    double known = Math.max(0, Math.min(1, fraction));
    int full = (int) Math.floor(known * BAR_WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%",
        "#".repeat(full),
        ".".repeat(BAR_WIDTH - full),
        Math.floor(known * 100));
  }

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
