package io.agentcraft.examples.live;

import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.view.SessionView;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session's status and phase mean: servers word them as they like. */
public final class SessionWords {

  private static final Set<String> DONE = Set.of("completed", "finished");
  private static final Set<String> FAILED = Set.of("error", "failed");

  private SessionWords() {}

  /**
   * Tells whether a session ended well.
   *
   * @param session the session
   * @return {@code true} if its newest word says so
   */
  public static boolean isCompleted(SessionView session) {
    return isIn(DONE, session.displayStatus());
  }

  /**
   * Tells whether a session ended, well or not.
   *
   * @param session the session
   * @return {@code true} if its newest word says so
   */
  public static boolean isOver(SessionView session) {
    return isOver(session.displayStatus());
  }

  /**
   * Tells whether a session ended, well or not.
   *
   * @param session the session as the server lists it
   * @return {@code true} if its status or its phase says so
   */
  public static boolean isOver(SessionSummary session) {
    return isOver(session.status()) || isOver(session.phase());
  }

  private static boolean isOver(@Nullable String word) {
    return isIn(DONE, word) || isIn(FAILED, word);
  }

  private static boolean isIn(Set<String> words, @Nullable String word) {
    return word != null && words.contains(word.toLowerCase(Locale.ROOT));
  }
}
