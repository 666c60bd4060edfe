package io.agentcraft.client.view;

import io.agentcraft.client.internal.inbound.RepeatedLines;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the most recent log lines. Every response to {@code get_session_logs} repeats the last 50 lines, which are added
 * only once. Not thread-safe.
 */
final class LogReducer {

  private final BoundedCollections.RecentList<LogLineView> lines;
  private final Map<Key, Integer> kept = new HashMap<>();
  private final RepeatedLines repeated = new RepeatedLines();

  LogReducer(int maxLines) {
    this.lines = new BoundedCollections.RecentList<>(maxLines);
  }

  boolean apply(SessionLogs frame, Instant arrival) {
    // Compared only with lines of earlier frames: two equal lines in one frame are two lines.
    List<LogLine> added = frame.logs().stream()
        .map(entry -> LogLine.of(frame, entry))
        .filter(line -> line.timestamp() == null || !kept.containsKey(Key.of(line)))
        .toList();
    added.forEach(line -> add(line, arrival));
    return !added.isEmpty();
  }

  boolean apply(CrewAiLog frame, Instant arrival) {
    if (repeated.isRepeated(frame)) {
      return false;
    }
    add(LogLine.of(frame), arrival);
    return true;
  }

  void markStale() {
    lines.replaceAll(LogLineView::asStale);
  }

  List<LogLineView> snapshot() {
    return lines.snapshot();
  }

  private void add(LogLine line, Instant arrival) {
    kept.merge(Key.of(line), 1, Integer::sum);
    LogLineView evicted = lines.add(new LogLineView(line, arrival, false));
    if (evicted != null) {
      kept.computeIfPresent(Key.of(evicted.line()), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Identifies a line, whichever frame it came in. */
  private record Key(
      @Nullable String sessionId,
      @Nullable WireTime timestamp,
      String level,
      @Nullable String agent,
      String message,
      @Nullable Details details) {

    static Key of(LogLine line) {
      return new Key(
          line.sessionId(),
          line.timestamp(),
          line.level(),
          line.agent(),
          line.message(),
          line.details());
    }
  }
}
