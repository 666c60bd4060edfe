package io.agentcraft.examples.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All rows, as text or as Markdown. */
public final class Table {

  private static final List<String> HEAD =
      List.of("what", "against", "measured", "target", "reached", "numbers behind it");

  private final List<Row> rows;

  /**
   * Creates a table.
   *
   * @param rows its rows
   */
  public Table(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * Writes it as Markdown; that is readable as plain text, too.
   *
   * @return the lines
   */
  public List<String> lines() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEAD);
    rows.forEach(row -> cells.add(cells(row)));
    int[] widths = new int[HEAD.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      lines.add(line(line, widths));
    }
    lines.add(1, rule(widths));
    return lines;
  }

  private static List<String> cells(Row row) {
    String unit = row.unit().isEmpty() ? " ×" : " " + row.unit();
    String error = row.ratio().error() == 0
        ? ""
        : " ± " + String.format(Locale.ROOT, "%.2f", row.ratio().error());
    return List.of(
        row.what(),
        row.against(),
        String.format(Locale.ROOT, "%.2f", row.ratio().value()) + error + unit,
        row.target().words() + (row.target().equals(Row.Target.NONE) ? "" : unit),
        row.target().equals(Row.Target.NONE) ? "–" : row.isReached() ? "yes" : "**no**",
        row.note());
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(' ')
          .append(cell)
          .append(" ".repeat(widths[i] - cell.length()))
          .append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int width : widths) {
      line.append("-".repeat(width + 2)).append('|');
    }
    return line.toString();
  }
}
