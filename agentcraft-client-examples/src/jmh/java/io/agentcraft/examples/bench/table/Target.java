package io.agentcraft.examples.bench.table;

import java.util.Locale;

/**
 * What a ratio is to reach.
 *
 * @param bound the number
 * @param atLeast whether it is to be reached from above
 */
public record Target(double bound, boolean atLeast) {

  /** A target that any ratio reaches: the row is there to be read. */
  public static final Target NONE = new Target(0, true);

  /**
   * A lower bound.
   *
   * @param bound the least
   * @return the target
   */
  public static Target atLeast(double bound) {
    return new Target(bound, true);
  }

  /**
   * An upper bound.
   *
   * @param bound the most
   * @return the target
   */
  public static Target atMost(double bound) {
    return new Target(bound, false);
  }

  boolean isReached(double value) {
    return atLeast ? value >= bound : value <= bound;
  }

  String words() {
    return equals(NONE) ? "–" : (atLeast ? "≥ " : "≤ ") + number(bound);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
