package io.agentcraft.examples.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;

/** Finds the terminal that standard output is connected to, and fits text to it. */
public final class Terminals {

  /** For terminals that do not know their size. */
  private static final Size FALLBACK = Size.of(80, 24);

  private Terminals() {}

  /**
   * Opens a terminal for a dashboard.
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
   * Opens a terminal for printing lines. Its signals are left to their present handlers.
   *
   * @return the terminal, however simple; empty if standard output is a file or a pipe
   */
  public static Optional<Terminal> openForLines() {
    return build(false);
  }

  /**
   * Returns the current size of a terminal.
   *
   * @param terminal the terminal
   * @return its size; 80 x 24 if it does not know it
   */
  public static Size size(Terminal terminal) {
    Size reported = Size.of(terminal.getSize());
    return reported.getColumns() < 1 || reported.getRows() < 1 ? FALLBACK : reported;
  }

  /**
   * Returns the current width of a terminal.
   *
   * @param terminal the terminal
   * @return the number of cells per line; 80 if the terminal does not know it
   */
  public static int columns(Terminal terminal) {
    return size(terminal).getColumns();
  }

  /**
   * Closes a terminal.
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

  /**
   * Cuts a text that is too long for a number of terminal cells, where a wide character takes two.
   *
   * @param text text without line ends
   * @param cells how many there are
   * @param ellipsis one cell that replaces what was cut off
   * @return the text, or its beginning and the ellipsis; empty if there are no cells
   */
  public static String cut(String text, int cells, String ellipsis) {
    return cut(new AttributedString(text), cells, ellipsis).toString();
  }

  static AttributedString cut(AttributedString text, int cells, String ellipsis) {
    if (text.columnLength() <= cells) {
      return text;
    }
    if (cells < 1) {
      return AttributedString.EMPTY;
    }
    // Character by character: half a wide character must neither be drawn nor move the edge.
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int next = text.toString().offsetByCodePoints(end, 1);
      int more = text.subSequence(end, next).columnLength();
      if (used + more > cells - 1) {
        break;
      }
      used += more;
      end = next;
    }
    AttributedString kept = text.subSequence(0, end);
    return AttributedString.join(
        AttributedString.EMPTY,
        kept,
        new AttributedString(ellipsis, text.styleAt(Math.min(end, text.length() - 1))));
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
        // JLine returns it for a file or a pipe.
        close(terminal);
        return Optional.empty();
      }
      return Optional.of(terminal);
    } catch (IOException | IllegalStateException none) {
      return Optional.empty();
    }
  }
}
