package io.agentcraft.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** Progress for a file or a pipe: whole lines, and not many of them. */
final class LineNowAndThen extends ProgressLine {

  static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private long next;

  LineNowAndThen(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  @Override
  synchronized void showFitting(IntFunction<String> line) {
    long now = nanoTime.getAsLong();
    if (now - next >= 0) {
      next = now + BETWEEN_LINES.toNanos();
      out.println(line.apply(Integer.MAX_VALUE));
      out.flush();
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
