package io.agentcraft.examples.dashboard;

import io.agentcraft.examples.dashboard.RowBudget.Want;
import io.agentcraft.examples.live.Frame;
import java.util.List;
import org.jline.utils.AttributedString;

/** A part of the dashboard with a heading and items. */
interface Section {

  /** Fewer rows than this for all sections together are few. */
  int SMALL = 12;

  /**
   * Says how many rows it wants.
   *
   * @param frame what there is to show
   * @param rows how many rows all sections have together
   * @return the rows, the heading included
   */
  Want want(Frame frame, int rows);

  /**
   * Draws.
   *
   * @param frame what there is to show
   * @param look how
   * @param width cells of a line
   * @param rows how many lines at most, the heading included; 2 or more
   * @return the lines
   */
  List<AttributedString> draw(Frame frame, Look look, int width, int rows);
}
