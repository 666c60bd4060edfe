package io.agentcraft.examples.live;

import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.view.BoardSnapshot;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the log lines that are new on a board, which has each line only once. Not thread-safe. */
public final class NewLogLines {

  private Set<LogLineView> known = Set.of();

  /**
   * Returns the lines that the board did not have the last time.
   *
   * @param board the board
   * @return the new lines, oldest first
   */
  public List<LogLine> of(BoardSnapshot board) {
    List<LogLine> added = new ArrayList<>();
    Set<LogLineView> now = new HashSet<>();
    for (LogLineView line : board.logLines()) {
      LogLineView key = new LogLineView(line.line(), line.arrivedAt(), false);
      now.add(key);
      if (!known.contains(key)) {
        added.add(line.line());
      }
    }
    known = now;
    return added;
  }
}
