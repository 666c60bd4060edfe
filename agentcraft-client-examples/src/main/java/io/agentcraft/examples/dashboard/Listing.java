package io.agentcraft.examples.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jline.utils.AttributedString;

/** A heading with items below it, cut to the rows that there are. */
final class Listing {

  private Listing() {}

  /** Shows the first items, and how many there are beyond them. */
  static <T> List<AttributedString> first(
      String heading,
      List<T> items,
      Look look,
      int width,
      int rows,
      Function<T, AttributedString> draw) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(heading(heading, look, width));
    boolean all = items.size() < rows;
    // With one row only, an item says more than the count, which the heading has.
    boolean counted = !all && rows > 2;
    int shown = all ? items.size() : rows - (counted ? 2 : 1);
    items.subList(0, shown).forEach(item -> lines.add(draw.apply(item)));
    if (counted) {
      String more = look.ellipsis() + " and " + (items.size() - shown) + " more";
      lines.add(new Row(look, width).add(Ink.FAINT, "  " + more).build());
    }
    return lines;
  }

  /** Shows the last items. */
  static <T> List<AttributedString> last(
      String heading,
      List<T> items,
      Look look,
      int width,
      int rows,
      Function<T, AttributedString> draw) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(heading(heading, look, width));
    int from = Math.max(0, items.size() - (rows - 1));
    items.subList(from, items.size()).forEach(item -> lines.add(draw.apply(item)));
    return lines;
  }

  private static AttributedString heading(String heading, Look look, int width) {
    return new Row(look, width).add(Ink.HEADING, heading).build();
  }
}
