package io.agentcraft.examples.bench.table;

import java.util.List;

/** Some rows that are measured together. */
public interface Section {

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
