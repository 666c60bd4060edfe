package io.agentcraft.examples.live;

import io.agentcraft.client.message.SessionSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which session's log is streamed: the protocol has one stream for each connection. */
final class StreamChoice {

  private StreamChoice() {}

  /**
   * Stays with a session until it ends, then takes the newest that has not ended.
   *
   * @param current the session that is streamed now
   * @param listed the sessions, oldest first
   * @return the session to stream; {@code null} if there is none at all
   */
  static @Nullable String choose(@Nullable String current, List<SessionSummary> listed) {
    String newest = null;
    for (SessionSummary session : listed) {
      boolean running = !SessionWords.isOver(session);
      if (running && session.sessionId().equals(current)) {
        return current;
      }
      if (running) {
        newest = session.sessionId();
      }
    }
    return newest != null ? newest : current;
  }
}
