package io.agentcraft.examples.bench.table;

import java.util.List;

/** Some rows that are measured together. */
public interface Section {

  /**
   * How long measurements take.
   *
   * @param rounds how often each contestant has its turn
   * @param warmupMillis before each measurement
   * @param millis the length of each measurement
   * @param quick whether what takes long and tells little more is left out
   */
  record Effort(int rounds, int warmupMillis, int millis, boolean quick) {

    /** For numbers to keep: about half an hour. */
    public static final Effort FULL = new Effort(2, 6_000, 2_000, false);

    /** For a first look: eight minutes. */
    public static final Effort QUICK = new Effort(1, 6_000, 1_000, true);
  }

  /**
   * Returns what it is called by {@code --only}.
   *
   * @return one word
   */
  String name();

  /**
   * Measures.
   *
   * @param effort how long
   * @return the rows
   * @throws Exception if it can't be measured
   */
  List<Row> measure(Effort effort) throws Exception;
}
