package io.agentcraft.examples.dashboard;

import io.agentcraft.examples.dashboard.Theme.Ink;
import io.agentcraft.examples.live.Text;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Builds one line of a dashboard, column by column. Widths are in terminal cells: a wide character takes two. */
final class Row {

  /** More than any terminal has room for, and little enough to draw ten times a second. */
  private static final int MAX_CHARS = 2_000;

  private final Theme theme;
  private final int width;
  private final AttributedStringBuilder line = new AttributedStringBuilder();

  Row(Theme theme, int width) {
    this.theme = theme;
    this.width = width;
  }

  /** Adds text in its full length, as far as a terminal could show it. */
  Row add(Ink ink, String text) {
    line.append(new AttributedString(printable(text), theme.style(ink)));
    return this;
  }

  /** Adds text in a column: cut or padded to a number of cells, and followed by a space. */
  Row column(Ink ink, String text, int cells) {
    AttributedString fitted = Terminals.cut(
        new AttributedString(printable(text), theme.style(ink)), cells, theme.ellipsis());
    line.append(fitted);
    line.append(" ".repeat(Math.max(0, cells - fitted.columnLength()) + 1));
    return this;
  }

  /** Adds text in a right-aligned column. */
  Row right(Ink ink, String text, int cells) {
    return add(Ink.TEXT, " ".repeat(Math.max(0, cells - text.length()))).add(ink, text + " ");
  }

  /** Adds a progress bar of a number of cells, which stay empty if the progress is {@code NaN}. */
  Row bar(Ink ink, double percent, int cells) {
    if (Double.isNaN(percent)) {
      return add(Ink.TEXT, " ".repeat(cells + 1));
    }
    int full = (int) Math.round(Math.max(0, Math.min(100, percent)) / 100 * cells);
    return add(ink, theme.full().repeat(full))
        .add(Ink.FAINT, theme.empty().repeat(cells - full) + " ");
  }

  /** Adds text at the right edge of the line, if there is room. */
  Row atEnd(Ink ink, String text) {
    AttributedString end = new AttributedString(printable(text), theme.style(ink));
    int gap = width - line.columnLength() - end.columnLength();
    if (gap >= 1) {
      line.append(" ".repeat(gap)).append(end);
    }
    return this;
  }

  /** Returns how many cells are left. */
  int room() {
    return Math.max(0, width - line.columnLength());
  }

  private static String printable(String text) {
    return Text.printable(text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS));
  }

  AttributedString build() {
    return Terminals.cut(line.toAttributedString(), width, theme.ellipsis());
  }
}
