package io.agentcraft.examples.bench.table;

import java.util.List;
import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what what was measured
 * @param against what it was compared with
 * @param ratio what came of it: of speeds, times or sizes, or a plain number
 * @param unit of a plain number, such as {@code µs}; empty for a ratio
 * @param target what it is to reach
 * @param note the numbers behind it
 */
public record Row(
    String what, String against, Ratio ratio, String unit, Target target, String note) {

  boolean isReached() {
    return target.isReached(ratio.value());
  }

  /**
   * A ratio that was measured several times.
   *
   * @param value the median
   * @param error half the distance from the lowest to the highest; 0 when it was measured once
   */
  public record Ratio(double value, double error) {

    /**
     * Sums up.
     *
     * @param samples one ratio a round, at least one
     * @return their median and error
     */
    public static Ratio of(List<Double> samples) {
      List<Double> sorted = samples.stream().sorted().toList();
      double lowest = sorted.get(0);
      double highest = sorted.get(sorted.size() - 1);
      return new Ratio(median(sorted), (highest - lowest) / 2);
    }

    /**
     * Returns the value in the middle.
     *
     * @param samples at least one
     * @return the median
     */
    public static double median(List<Double> samples) {
      List<Double> sorted = samples.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }

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
}
