package io.agentcraft.client.view;

import io.agentcraft.client.internal.codec.MessageSize;
import io.agentcraft.client.internal.codec.RepeatedLines;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.client.view.BoardSnapshot.LogLineView;
import io.agentcraft.client.view.BoundedCollections.RecentList;
import io.agentcraft.client.view.BoundedCollections.Tally;
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

  private final RecentList<Kept> lines;
  private final Map<Key, Integer> kept = new HashMap<>();
  private final RepeatedLines repeated = new RepeatedLines();
  private List<Kept> copied = List.of();
  private List<LogLineView> copy = List.of();

  /** A line, and its key from before something was left out of it. */
  private record Kept(LogLineView view, Key key) {

    Kept with(LogLineView changed) {
      return new Kept(changed, key);
    }
  }

  LogReducer(int maxLines, Tally tally) {
    this.lines = new RecentList<>(maxLines, line -> ViewSize.of(line.view()), tally);
  }

  void addTo(BoardTrimmer trimmer) {
    trimmer.add(
        lines.numbered(),
        line -> ViewSize.of(line.view()),
        (line, sparing) -> line.with(LeftOut.of(line.view())),
        number -> forget(lines.numbered().evict(number)));
  }

  boolean apply(SessionLogs frame, Instant arrival) {
    // Compared only with lines of earlier frames: two equal lines in one frame are two lines.
    List<LogLine> added = frame.logs().stream()
        .map(entry -> lineOf(frame, entry))
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
    lines.numbered().replaceAll(line -> line.with(line.view().asStale()));
  }

  List<LogLineView> snapshot() {
    List<Kept> now = lines.snapshot();
    if (copied != now) {
      copied = now;
      copy = now.stream().map(Kept::view).toList();
    }
    return copy;
  }

  /** The source of a line holds this line only: a board keeps few lines of many frames. */
  private static LogLine lineOf(SessionLogs frame, LogEntry entry) {
    return LogLine.of(new SessionLogs(frame.sessionId(), List.of(entry), frame.timestamp()), entry);
  }

  private void add(LogLine line, Instant arrival) {
    Key key = Key.of(line);
    kept.merge(key, 1, Integer::sum);
    forget(lines.add(new Kept(new LogLineView(line, arrival, false), key)));
  }

  private void forget(@Nullable Kept evicted) {
    if (evicted != null) {
      kept.computeIfPresent(evicted.key(), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Identifies a line, whichever frame it came in and whatever was left out of it since. */
  private record Key(
      @Nullable String sessionId,
      @Nullable WireTime timestamp,
      String level,
      @Nullable String agent,
      @Nullable String message,
      @Nullable Object details) {

    private static final int MAX_DETAILS = 256;

    static Key of(LogLine line) {
      return new Key(
          line.sessionId(),
          line.timestamp(),
          line.level(),
          line.agent(),
          RepeatedLines.shortened(line.message()),
          shortened(line.details()));
    }

    private static @Nullable Object shortened(@Nullable Details details) {
      long chars = MessageSize.of(details);
      return details == null || chars <= MAX_DETAILS ? details : chars + " " + details.hashCode();
    }
  }
}
