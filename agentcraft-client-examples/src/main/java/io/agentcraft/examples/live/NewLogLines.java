package io.agentcraft.examples.live;

import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.BoardSnapshot;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the log lines that are new on a board, which has each line only once. Not thread-safe. */
public final class NewLogLines {

  private Set<Key> known = Set.of();

  /** Identifies a log line. The board may cut a long one after it was shown. */
  private record Key(Instant arrivedAt, @Nullable WireTime timestamp, String beginning) {

    private static final int LENGTH = 100;

    static Key of(LogLineView view) {
      String message = view.line().message();
      return new Key(
          view.arrivedAt(),
          view.line().timestamp(),
          message.substring(0, Math.min(LENGTH, message.length())));
    }
  }

  /**
   * Returns the lines that the board did not have the last time.
   *
   * @param board the board
   * @return the new lines, oldest first
   */
  public List<LogLine> of(BoardSnapshot board) {
    List<LogLine> added = new ArrayList<>();
    Set<Key> now = new HashSet<>();
    for (LogLineView line : board.logLines()) {
      Key key = Key.of(line);
      now.add(key);
      if (!known.contains(key)) {
        added.add(line.line());
      }
    }
    known = now;
    return added;
  }
}
