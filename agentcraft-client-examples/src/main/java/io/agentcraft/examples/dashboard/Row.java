package io.agentcraft.examples.dashboard;

import io.agentcraft.examples.live.Text;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Builds one line of a dashboard, column by column. Widths are terminal cells: a wide character takes two. */
final class Row {

  private final Look look;
  private final int width;
  private final AttributedStringBuilder line = new AttributedStringBuilder();

  Row(Look look, int width) {
    this.look = look;
    this.width = width;
  }

  /** Adds text as long as it is. */
  Row add(Ink ink, String text) {
    line.append(new AttributedString(Text.clean(text), look.style(ink)));
    return this;
  }

  /** Adds text in a column of its own: cut or filled to so many cells, and followed by a blank. */
  Row column(Ink ink, String text, int cells) {
    AttributedString fitted =
        Cells.cut(new AttributedString(Text.clean(text), look.style(ink)), cells, look.ellipsis());
    line.append(fitted);
    line.append(" ".repeat(Math.max(0, cells - fitted.columnLength()) + 1));
    return this;
  }

  /** Adds text in a column whose content ends at its right edge. */
  Row right(Ink ink, String text, int cells) {
    return add(Ink.TEXT, " ".repeat(Math.max(0, cells - text.length()))).add(ink, text + " ");
  }

  /** Adds a progress bar of so many cells. */
  Row bar(Ink ink, double percent, int cells) {
    int full = (int) Math.round(Math.max(0, Math.min(100, percent)) / 100 * cells);
    return add(ink, look.full().repeat(full))
        .add(Ink.FAINT, look.empty().repeat(cells - full) + " ");
  }

  /** Adds text at the right edge of the line, if there is room. */
  Row atEnd(Ink ink, String text) {
    AttributedString end = new AttributedString(Text.clean(text), look.style(ink));
    int gap = width - line.columnLength() - end.columnLength();
    if (gap >= 1) {
      line.append(" ".repeat(gap)).append(end);
    }
    return this;
  }

  /** How many cells are left. */
  int room() {
    return Math.max(0, width - line.columnLength());
  }

  AttributedString build() {
    return Cells.cut(line.toAttributedString(), width, look.ellipsis());
  }
}
