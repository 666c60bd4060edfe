package io.agentcraft.examples.bench.table;

import java.util.List;

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
