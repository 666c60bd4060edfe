package io.agentcraft.examples.cli;

import io.agentcraft.examples.dashboard.Cells;
import java.util.Locale;

/** A progress bar and the words behind it. */
final class Bar {

  private static final int LONGEST = 24;
  private static final int SHORTEST = 4;
  private static final String ELLIPSIS = "~";

  private Bar() {}

  /** Returns a line such as {@code [######..................]  25 % 3 of 12 frames}, the bar as long as there is room. */
  static String line(double fraction, String words, int columns) {
    double known = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
    String figures = String.format(Locale.ROOT, "%3.0f %% %s", Math.floor(known * 100), words);
    int length = Math.min(LONGEST, columns - figures.length() - "[] ".length());
    if (length < SHORTEST) {
      return cut(figures.strip(), columns);
    }
    int full = (int) Math.floor(known * length);
    return "[" + "#".repeat(full) + ".".repeat(length - full) + "] " + figures;
  }

  /** Cuts a line that has no bar. */
  static String cut(String line, int columns) {
    return Cells.cut(line, columns, ELLIPSIS);
  }
}
