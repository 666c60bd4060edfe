package io.agentcraft.examples.cli;

import io.agentcraft.examples.dashboard.Terminals;
import io.agentcraft.examples.soak.Progress;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** Shows how far something is, in a way that fits where standard output goes. Safe for use by any thread. */
abstract sealed class ProgressLine implements Progress, AutoCloseable
    permits RewrittenLine, LineNowAndThen {

  /** Returns the way that fits: one line written anew on a terminal, a line now and then in a file or a pipe. */
  static ProgressLine to(PrintWriter out) {
    return onTerminalOr(out);
  }

  /** Returns a line on a terminal, and nothing elsewhere: for output that programs read. */
  static ProgressLine onTerminalOnly() {
    return onTerminalOr(new PrintWriter(Writer.nullWriter()));
  }

  private static ProgressLine onTerminalOr(PrintWriter out) {
    LongSupplier nanoTime = System::nanoTime;
    return Terminals.openForLines()
        .filter(RewrittenLine::isPossibleOn)
        .<ProgressLine>map(RewrittenLine::new)
        .orElseGet(() -> new LineNowAndThen(out, nanoTime));
  }

  /** Shows a bar and words. */
  void show(double fraction, String words) {
    showFitting(columns -> Bar.line(fraction, words, columns));
  }

  @Override
  public void show(String line) {
    showFitting(columns -> Bar.cut(line, columns));
  }

  /** Shows what a line of so many columns is to be. */
  abstract void showFitting(IntFunction<String> line);

  /** Lets something else be printed, which the line would run into. */
  abstract void aside(Runnable printing);

  /** Takes the line away. */
  void clear() {
    aside(() -> {});
  }

  /** Ends the line: nothing more is shown. */
  abstract void end();

  /** Ends the line and gives back what it was shown on. */
  @Override
  public abstract void close();
}
