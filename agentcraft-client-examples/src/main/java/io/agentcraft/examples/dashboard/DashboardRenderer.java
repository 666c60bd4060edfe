package io.agentcraft.examples.dashboard;

import io.agentcraft.examples.dashboard.RowBudget.Want;
import io.agentcraft.examples.live.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** Draws a frame for a screen of a given size. Pure: the same input gives the same lines. */
public final class DashboardRenderer {

  /** In the order in which they are served when rows are few. */
  private static final List<Section> BY_IMPORTANCE = List.of(
      new AgentsSection(), new SessionsSection(), new LogSection(), new CollaborationsSection());

  /** Where each of them is on the screen: sessions on top, the log at the bottom. */
  private static final int[] ON_SCREEN = {1, 0, 3, 2};

  private static final int AIRY = 20;

  private DashboardRenderer() {}

  /**
   * Draws.
   *
   * @param frame what there is to show
   * @param look how
   * @param columns cells of a line
   * @param rows lines of the screen
   * @return at most {@code rows} lines, none wider than {@code columns}
   */
  public static List<AttributedString> render(Frame frame, Look look, int columns, int rows) {
    if (columns < 1 || rows < 1) {
      return List.of();
    }
    List<AttributedString> lines = new ArrayList<>(Header.draw(frame, look, columns));
    boolean airy = rows >= AIRY;
    int blanks = airy ? BY_IMPORTANCE.size() : 0;
    int free = rows - lines.size() - blanks;
    List<Want> wants =
        BY_IMPORTANCE.stream().map(section -> section.want(frame, free)).toList();
    int[] shares = RowBudget.share(free, wants);
    for (int index : ON_SCREEN) {
      if (shares[index] == 0) {
        continue;
      }
      if (airy) {
        lines.add(AttributedString.EMPTY);
      }
      lines.addAll(BY_IMPORTANCE.get(index).draw(frame, look, columns, shares[index]));
    }
    return List.copyOf(lines.subList(0, Math.min(rows, lines.size())));
  }
}
