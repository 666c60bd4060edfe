package io.agentcraft.examples.dashboard;

import org.jline.utils.AttributedString;

/** Cuts text to the cells of a terminal, where a wide character takes two. */
public final class Cells {

  private Cells() {}

  /**
   * Cuts a text that is too long.
   *
   * @param text text without line ends
   * @param cells how many there are
   * @param ellipsis one cell that stands for what was cut off
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
    // Cut character by character: half a wide character must neither show nor push the edge out.
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
}
