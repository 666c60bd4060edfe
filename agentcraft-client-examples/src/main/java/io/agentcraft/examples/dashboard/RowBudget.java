package io.agentcraft.examples.dashboard;

import java.util.List;

/** Shares the rows of a screen among its sections. */
final class RowBudget {

  /**
   * What a section wants, its heading included.
   *
   * @param least what it can't do without
   * @param most what it can fill
   */
  record Want(int least, int most) {}

  private RowBudget() {}

  /**
   * Shares the rows: first to each section what it can't do without, then to each what it can fill.
   *
   * @param rows how many there are
   * @param wants the sections, the most important first
   * @return for each section its rows; 0 for one that is left out
   */
  static int[] share(int rows, List<Want> wants) {
    int[] shares = new int[wants.size()];
    int left = Math.max(0, rows);
    for (int i = 0; i < shares.length; i++) {
      int least = Math.min(wants.get(i).least(), wants.get(i).most());
      // A heading with nothing below it says nothing.
      int share = Math.min(least, left);
      shares[i] = share < 2 ? 0 : share;
      left -= shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        int more = Math.min(left, wants.get(i).most() - shares[i]);
        shares[i] += more;
        left -= more;
      }
    }
    return shares;
  }
}
