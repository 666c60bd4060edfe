package io.agentcraft.examples.cli;

import io.agentcraft.examples.dashboard.Terminals;
import io.agentcraft.examples.live.Text;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Shows the progress of a command, in a way that suits standard output. Safe for use by any thread. */
abstract sealed class ProgressLine implements AutoCloseable {

  private static final int LONGEST_BAR = 24;
  private static final int SHORTEST_BAR = 4;
  private static final String ELLIPSIS = "~";

  /** Returns a line that is rewritten on a terminal, or occasional lines in a file or a pipe. */
  static ProgressLine to(PrintWriter out) {
    return onTerminalOr(out);
  }

  /** Returns a line that is rewritten on a terminal, and nothing elsewhere, where programs read the output. */
  static ProgressLine onTerminalOnly() {
    return onTerminalOr(new PrintWriter(Writer.nullWriter()));
  }

  private static ProgressLine onTerminalOr(PrintWriter out) {
    LongSupplier nanoTime = System::nanoTime;
    return Terminals.openForLines()
        .filter(Rewritten::isPossibleOn)
        .<ProgressLine>map(Rewritten::new)
        .orElseGet(() -> new Occasional(out, nanoTime));
  }

  /** Shows a bar and words. */
  void show(double fraction, String words) {
    showFitting(columns -> bar(fraction, words, columns));
  }

  /** Shows a line. */
  void show(String line) {
    String printable = Text.printable(line);
    showFitting(columns -> cut(printable, columns));
  }

  /** Shows a line that fits into a number of columns. */
  abstract void showFitting(IntFunction<String> line);

  /** Prints something else, without breaking the line. */
  abstract void aside(Runnable printing);

  /** Removes the line. */
  void clear() {
    aside(() -> {});
  }

  /** Ends the line; nothing is shown afterwards. */
  abstract void end();

  /** Ends the line and closes the terminal. */
  @Override
  public abstract void close();

  /** Returns a line such as {@code [######..................]  25 % 3 of 12 frames}, the bar as long as there is room. */
  static String bar(double fraction, String words, int columns) {
    double known = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
    String figures = String.format(Locale.ROOT, "%3.0f %% %s", Math.floor(known * 100), words);
    int length = Math.min(LONGEST_BAR, columns - figures.length() - "[] ".length());
    if (length < SHORTEST_BAR) {
      return cut(figures.strip(), columns);
    }
    int full = (int) Math.floor(known * length);
    return "[" + "#".repeat(full) + ".".repeat(length - full) + "] " + figures;
  }

  private static String cut(String line, int columns) {
    return Terminals.cut(line, columns, ELLIPSIS);
  }

  /** For a terminal: one line that is rewritten each time, never wider than the window. */
  static final class Rewritten extends ProgressLine {

    private final Terminal terminal;
    private String shown = "";
    private boolean ended;

    Rewritten(Terminal terminal) {
      this.terminal = terminal;
    }

    static boolean isPossibleOn(Terminal terminal) {
      boolean possible = terminal.getStringCapability(Capability.carriage_return) != null
          && terminal.getStringCapability(Capability.clr_eol) != null;
      if (!possible) {
        Terminals.close(terminal);
      }
      return possible;
    }

    @Override
    synchronized void showFitting(IntFunction<String> line) {
      // The last column stays free: some terminals start a new line as soon as it is written to.
      String text = line.apply(Math.max(1, Terminals.columns(terminal) - 1));
      if (!ended && !text.equals(shown)) {
        terminal.puts(Capability.carriage_return);
        terminal.writer().print(text);
        terminal.puts(Capability.clr_eol);
        terminal.flush();
        shown = text;
      }
    }

    @Override
    synchronized void aside(Runnable printing) {
      if (!shown.isEmpty()) {
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eol);
        terminal.flush();
        shown = "";
      }
      printing.run();
    }

    @Override
    synchronized void end() {
      if (!shown.isEmpty()) {
        terminal.writer().println();
        terminal.flush();
        shown = "";
      }
      ended = true;
    }

    @Override
    public void close() {
      end();
      Terminals.close(terminal);
    }
  }

  /** For a file or a pipe: whole lines, with a minimum time between them. */
  static final class Occasional extends ProgressLine {

    static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private long next;

    Occasional(PrintWriter out, LongSupplier nanoTime) {
      this.out = out;
      this.nanoTime = nanoTime;
      this.next = nanoTime.getAsLong();
    }

    @Override
    synchronized void showFitting(IntFunction<String> line) {
      long now = nanoTime.getAsLong();
      if (now - next >= 0) {
        next = now + BETWEEN_LINES.toNanos();
        Text.print(out, line.apply(Integer.MAX_VALUE));
      }
    }

    @Override
    void aside(Runnable printing) {
      printing.run();
    }

    @Override
    void end() {}

    @Override
    public void close() {}
  }
}
