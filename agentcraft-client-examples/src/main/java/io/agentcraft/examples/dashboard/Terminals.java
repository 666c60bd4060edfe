package io.agentcraft.examples.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.terminal.impl.DumbTerminal;

/** Finds the terminal that standard output is connected to. */
public final class Terminals {

  /** For terminals that don't know their size. */
  private static final Size FALLBACK = Size.of(80, 24);

  private Terminals() {}

  /**
   * Opens a terminal that a dashboard can be drawn on.
   *
   * @return the terminal; empty if standard output is a file or a pipe, or a terminal that cannot move its cursor
   */
  public static Optional<Terminal> open() {
    return build(true).filter(terminal -> {
      boolean movesItsCursor = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
      if (!movesItsCursor) {
        close(terminal);
      }
      return movesItsCursor;
    });
  }

  /**
   * Opens a terminal that lines are printed to. Its signals stay with whoever handles them already.
   *
   * @return the terminal, however simple; empty if standard output is a file or a pipe
   */
  public static Optional<Terminal> openForLines() {
    return build(false);
  }

  /**
   * Returns the size of a terminal now.
   *
   * @param terminal the terminal
   * @return its size; 80 x 24 if it does not know
   */
  public static Size size(Terminal terminal) {
    Size reported = Size.of(terminal.getSize());
    return reported.getColumns() < 1 || reported.getRows() < 1 ? FALLBACK : reported;
  }

  /**
   * Returns the width of a terminal now.
   *
   * @param terminal the terminal
   * @return how many cells a line has; 80 if the terminal does not know
   */
  public static int columns(Terminal terminal) {
    return size(terminal).getColumns();
  }

  /**
   * Gives a terminal back.
   *
   * @param terminal the terminal
   */
  public static void close(Terminal terminal) {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Terminal> build(boolean signals) {
    try {
      Terminal terminal = TerminalBuilder.builder()
          .name("agentcraft")
          .system(true)
          .systemOutput(SystemOutput.SysOut)
          .nativeSignals(signals)
          .dumb(true)
          .build();
      if (terminal instanceof DumbTerminal) {
        // What JLine makes of a file or a pipe.
        close(terminal);
        return Optional.empty();
      }
      return Optional.of(terminal);
    } catch (IOException | IllegalStateException none) {
      return Optional.empty();
    }
  }
}
