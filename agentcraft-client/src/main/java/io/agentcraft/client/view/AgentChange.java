package io.agentcraft.client.view;

import io.agentcraft.client.message.ServerMessage;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of one agent that people can see, whichever message brought it: {@code agent_status}, a session event, or {@code
 * session_state}. A message that repeats what is known, or differs only in times or letter case, is no change.
 *
 * <p>An agent is identified by its session and its id, or its name if the server sends no id. The changes of one agent arrive
 * in order, each with the state that the one before it ended with.
 *
 * @param before the agent before the change; {@code null} if the agent is new
 * @param now the agent after the change
 * @param changed what changed; for a new agent, what is known of it. Unmodifiable
 * @param cause the message that brought the change; {@code null} if it was the absence of messages, see {@link Field#STALE}
 */
public record AgentChange(
    @Nullable AgentView before,
    AgentView now,
    Set<Field> changed,
    @Nullable ServerMessage cause) {

  /**
   * Checks that state and fields are not {@code null}, and copies the fields.
   *
   * @param before the agent before the change; {@code null} if the agent is new
   * @param now the agent after the change
   * @param changed what changed; for a new agent, what is known of it
   * @param cause the message that brought the change; {@code null} if it was the absence of messages
   */
  public AgentChange {
    Objects.requireNonNull(now, "now");
    int bits = 0;
    for (Field field : changed) {
      bits |= field.bit;
    }
    changed = Field.setOf(bits);
  }

  private AgentChange(
      @Nullable AgentView before, AgentView now, int bits, @Nullable ServerMessage cause) {
    this(before, now, Field.setOf(bits), cause);
  }

  /** What can change in an agent. */
  public enum Field {
    /** Its status. */
    STATUS(1 << 0),
    /** Its progress, as {@link AgentView#displayProgress()} shows it. */
    PROGRESS(1 << 1),
    /** What it is doing. */
    MESSAGE(1 << 2),
    /** Further details, for example why it failed. */
    DETAILS(1 << 3),
    /** The name to display. */
    NAME(1 << 4),
    /** The metadata of its {@code agent_status}. */
    METADATA(1 << 5),
    /** The session that it belongs to. */
    SESSION(1 << 6),
    /**
     * Whether it has been silent for too long: nothing was heard of an agent at work for the time set with {@code staleAfter},
     * or it was heard of again after that. Never reported unless that time is set.
     */
    STALE(1 << 7);

    // A change needs one of a few sets, so they are kept.
    private static final Set<Field>[] SETS = sets();

    private final int bit;

    Field(int bit) {
      this.bit = bit;
    }

    static Set<Field> setOf(int bits) {
      return SETS[bits];
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no generic arrays
    private static Set<Field>[] sets() {
      Set[] sets = new Set[1 << values().length];
      for (int bits = 0; bits < sets.length; bits++) {
        EnumSet<Field> fields = EnumSet.noneOf(Field.class);
        for (Field field : values()) {
          if ((bits & field.bit) != 0) {
            fields.add(field);
          }
        }
        sets[bits] = Collections.unmodifiableSet(fields);
      }
      return sets;
    }
  }

  /** Is notified of changes of agents. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called with each change, on a client's callback executor, one call at a time.
     *
     * @param change the change
     */
    void onAgentChange(AgentChange change);
  }

  /**
   * Returns whether a run of the agent begins: it is new, or it had ended and no longer has.
   *
   * @return {@code true} for the first change of a run
   */
  public boolean isStart() {
    return before == null || (before.isEnded() && !now.isEnded());
  }

  /**
   * Returns whether a run of the agent ends, as {@code COMPLETED} or {@code ERROR}. Each run has at most one such change, even
   * if its end is told more than once. It may be the start at the same time, if nothing was heard of the run before.
   *
   * @return {@code true} for the end of a run
   */
  public boolean isEnd() {
    return now.isEnded() && (before == null || !before.isEnded());
  }

  /** Returns the change between two states; {@code null} if people see none. */
  static @Nullable AgentChange between(
      @Nullable AgentView before,
      AgentView now,
      boolean staleChanged,
      @Nullable ServerMessage cause) {
    int bits = before == null ? known(now) : changed(before, now);
    if (staleChanged) {
      bits |= Field.STALE.bit;
    }
    return bits == 0 && before != null ? null : new AgentChange(before, now, bits, cause);
  }

  /**
   * Combines this change with the next one of the same agent.
   *
   * @param next the next change
   * @return a change from this one's {@code before} to the next one's {@code now}; {@code null} if they cancel each other out
   */
  public @Nullable AgentChange then(AgentChange next) {
    boolean staleChanged = changed.contains(Field.STALE) != next.changed.contains(Field.STALE);
    return between(before, next.now, staleChanged, next.cause);
  }

  private static int known(AgentView now) {
    return Field.STATUS.bit
        | bit(Double.isNaN(now.progress()), Field.PROGRESS)
        | bit(now.message().isEmpty(), Field.MESSAGE)
        | bit(detailsText(now).isEmpty(), Field.DETAILS)
        | bit(now.displayName().isEmpty(), Field.NAME)
        | bit(now.metadata().isEmpty(), Field.METADATA)
        | bit(now.sessionId() == null, Field.SESSION);
  }

  private static int changed(AgentView before, AgentView now) {
    return bit(now.hasStatusOf(before), Field.STATUS)
        | bit(Double.compare(before.displayProgress(), now.displayProgress()) == 0, Field.PROGRESS)
        | bit(LeftOut.isSame(before.message(), now.message()), Field.MESSAGE)
        | bit(sameDetails(before, now), Field.DETAILS)
        | bit(before.displayName().equals(now.displayName()), Field.NAME)
        | bit(LeftOut.isSame(before.metadata(), now.metadata()), Field.METADATA)
        | bit(Objects.equals(before.sessionId(), now.sessionId()), Field.SESSION);
  }

  private static int bit(boolean same, Field field) {
    return same ? 0 : field.bit;
  }

  private static boolean sameDetails(AgentView before, AgentView now) {
    return LeftOut.isSame(before.details(), now.details())
        || detailsText(before).equals(detailsText(now));
  }

  private static String detailsText(AgentView agent) {
    return agent.details() == null ? "" : agent.details().text();
  }
}
