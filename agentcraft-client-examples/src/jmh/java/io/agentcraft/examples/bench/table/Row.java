package io.agentcraft.examples.bench.table;

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
}
