package io.agentcraft.examples.live;

import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.SessionLogs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which lines of a session's log were told, since every answer of a server repeats the last ones. Remembers the latest
 * of them only. Not thread-safe.
 */
public final class ToldLines {

  private static final int KEPT = 1_000;

  private final Set<Told> told = new LinkedHashSet<>();

  /** Two equal lines in one message are two lines; in two messages they are one, told again. */
  private record Told(LogEntry entry, int occurrence) {}

  /**
   * Returns the lines that are new, and remembers them.
   *
   * @param logs a message with lines of the session
   * @return the new lines, in their order
   */
  public List<LogLine> newIn(SessionLogs logs) {
    Map<LogEntry, Integer> occurrences = new HashMap<>();
    List<LogLine> added = new ArrayList<>();
    for (LogEntry entry : logs.logs()) {
      if (told.add(new Told(entry, occurrences.merge(entry, 1, Integer::sum)))) {
        added.add(LogLine.of(logs, entry));
      }
    }
    while (told.size() > KEPT) {
      told.remove(told.iterator().next());
    }
    return added;
  }
}
