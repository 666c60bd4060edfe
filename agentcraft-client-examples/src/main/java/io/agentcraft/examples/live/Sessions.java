package io.agentcraft.examples.live;

import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.view.SessionView;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Interprets the status and the phase of sessions, which servers word freely. */
public final class Sessions {

  private static final Set<String> DONE = Set.of("completed", "finished");
  private static final Set<String> FAILED = Set.of("error", "failed");

  private Sessions() {}

  /**
   * Returns whether a session ended successfully.
   *
   * @param session the session
   * @return {@code true} if its newest status or phase says so
   */
  public static boolean isCompleted(SessionView session) {
    return session.outcome() == SessionView.Outcome.COMPLETED
        || isIn(DONE, session.displayStatus());
  }

  /**
   * Returns whether a session ended, successfully or not.
   *
   * @param session the session
   * @return {@code true} if its newest status or phase says so
   */
  public static boolean isOver(SessionView session) {
    return session.isEnded() || isOver(session.displayStatus());
  }

  /**
   * Returns whether a session ended, successfully or not.
   *
   * @param session the session as the server lists it
   * @return {@code true} if its status or its phase says so
   */
  public static boolean isOver(SessionSummary session) {
    return isOver(session.status()) || isOver(session.phase());
  }

  /**
   * Chooses the session whose log is streamed; the protocol has one stream per connection. Stays with a session until it
   * ends, then chooses the newest that has not ended.
   *
   * @param current the session that is streamed now
   * @param listed the sessions, oldest first
   * @return the session to stream; {@code null} if there is none at all
   */
  static @Nullable String toStream(@Nullable String current, List<SessionSummary> listed) {
    String newest = null;
    for (SessionSummary session : listed) {
      boolean running = !isOver(session);
      if (running && session.sessionId().equals(current)) {
        return current;
      }
      if (running) {
        newest = session.sessionId();
      }
    }
    return newest != null ? newest : current;
  }

  private static boolean isOver(@Nullable String word) {
    return isIn(DONE, word) || isIn(FAILED, word);
  }

  private static boolean isIn(Set<String> words, @Nullable String word) {
    return word != null && words.contains(word.toLowerCase(Locale.ROOT));
  }
}
