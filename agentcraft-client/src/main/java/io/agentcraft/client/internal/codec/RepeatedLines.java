package io.agentcraft.client.internal.codec;

import io.agentcraft.client.message.CrewAiLog;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes live log lines that the deployed backend has sent already: two handlers of its logging send each line of the crew,
 * each with a time of sending of its own. Only the last lines are compared. Not thread-safe.
 */
public final class RepeatedLines {

  private static final int COMPARED = 64;
  private static final int MAX_CHARS = 256;

  private final Deque<Key> latest = new ArrayDeque<>();

  /** Returns whether the line has come before; it is the next to be compared with if it has not. */
  public boolean isRepeated(CrewAiLog frame) {
    CrewAiLog.Line line = frame.log();
    if (line.datetime() == null) {
      // Without the time at which it was logged, which both copies have, nothing tells a copy from
      // a line like it.
      return false;
    }
    String message = line.message() != null ? line.message() : line.rawMessage();
    Key key = new Key(
        shortened(line.datetime().toString()), shortened(line.logger()), shortened(message));
    if (latest.remove(key)) {
      return true;
    }
    latest.addLast(key);
    if (latest.size() > COMPARED) {
      latest.removeFirst();
    }
    return false;
  }

  /** Returns a text to compare by. Servers decide how long a line is, and that they are equal is seen from less of it. */
  public static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MAX_CHARS
        ? text
        : text.substring(0, MAX_CHARS) + text.length() + ' ' + text.hashCode();
  }

  private record Key(
      @Nullable String datetime,
      @Nullable String logger,
      @Nullable String message) {}
}
