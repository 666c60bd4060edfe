package io.agentcraft.client.view;

import io.agentcraft.client.internal.guard.FreeJson;
import io.agentcraft.client.message.ServerMessage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of one session that people can see, whichever message brought it: {@code active_sessions}, {@code session_state}, a
 * session event, or the {@code agent_status} of an agent in the session. One message may bring several changes, each of its
 * own kind.
 *
 * @param kind what changed
 * @param before the session before the message; {@code null} if it is new
 * @param now the session after the message
 * @param newOutput the entries of {@link SessionView#crewOutput()} that are new, of a change of the kind {@link Kind#OUTPUT};
 *     otherwise empty. Deeply unmodifiable
 * @param cause the message
 */
public record SessionChange(
    Kind kind,
    @Nullable SessionView before,
    SessionView now,
    List<@Nullable Object> newOutput,
    @Nullable ServerMessage cause) {

  /**
   * Checks that kind and state are not {@code null}, and copies the output.
   *
   * @param kind what changed
   * @param before the session before the message; {@code null} if it is new
   * @param now the session after the message
   * @param newOutput the output that is new
   * @param cause the message
   */
  public SessionChange {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(now, "now");
    newOutput = FreeJson.copyOf(newOutput);
  }

  /** What can change in a session. */
  public enum Kind {
    /** It is new, or it was removed or had ended and runs again. */
    STARTED,
    /** Its phase, status or query. */
    PHASE,
    /** Its progress, or how many agents it has, are at work or are done. */
    PROGRESS,
    /** It has new output. */
    OUTPUT,
    /** It ended normally, or was cancelled. */
    COMPLETED,
    /** It failed. */
    FAILED,
    /** The server no longer has it. */
    REMOVED
  }

  /** Is notified of changes of sessions. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called with each change, on a client's callback executor, one call at a time.
     *
     * @param change the change
     */
    void onSessionChange(SessionChange change);
  }

  /**
   * Returns whether the session ended. Each run of a session has at most one such change, even if its end is told more than
   * once.
   *
   * @return {@code true} for {@link Kind#COMPLETED} and {@link Kind#FAILED}
   */
  public boolean isEnd() {
    return kind == Kind.COMPLETED || kind == Kind.FAILED;
  }
}
