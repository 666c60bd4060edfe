package io.agentcraft.client.view;

import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.WireTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest log lines, each once although every answer to {@code get_session_logs} repeats the last 50. Confined. */
final class LogReducer {

  private final RecentEntries<LogLineView> lines;
  private final Map<Key, Integer> kept = new HashMap<>();

  LogReducer(int bound) {
    this.lines = new RecentEntries<>(bound);
  }

  boolean apply(SessionLogs frame, Instant arrival) {
    // Decided against what was kept before this frame: two equal lines in one frame are two lines.
    List<LogLine> fresh = frame.logs().stream()
        .map(entry -> LogLine.of(frame, entry))
        .filter(line -> line.timestamp() == null || !kept.containsKey(Key.of(line)))
        .toList();
    fresh.forEach(line -> add(line, arrival));
    return !fresh.isEmpty();
  }

  boolean apply(CrewAiLog frame, Instant arrival) {
    add(LogLine.of(frame), arrival);
    return true;
  }

  void markEarlier() {
    lines.replaceAll(LogLineView::asEarlier);
  }

  List<LogLineView> snapshot() {
    return lines.snapshot();
  }

  private void add(LogLine line, Instant arrival) {
    kept.merge(Key.of(line), 1, Integer::sum);
    LogLineView oldest = lines.add(new LogLineView(line, arrival, false));
    if (oldest != null) {
      kept.computeIfPresent(Key.of(oldest.line()), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** A line without the frame that brought it. */
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
