package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.internal.guard.Failures;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ServerMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the current state of agents, sessions, collaborations and logs, by reducing a client's messages to an immutable
 * {@link BoardSnapshot}.
 *
 * <p>A client feeds its own board. To test a display, create a board with {@link #create(InstantSource)} and pass messages
 * to it yourself.
 *
 * <p>What the board keeps:
 *
 * <ul>
 *   <li><b>Agents</b>: the latest state of each, whichever message told of it. An agent belongs to a session if a snapshot
 *       of the session lists it, or if the metadata of its {@code agent_status} names the session; it is identified by its
 *       session and its id, or its name if it has no id. The last message to arrive wins, whatever its timestamp.
 *   <li><b>Sessions</b>: {@code active_sessions} is the server's complete list of its own sessions. One that is missing from a
 *       newer list is dropped if the board knows it from such lists only; otherwise it stays and is marked {@link
 *       SessionView#removed()}. A session that a program publishes is on no list, and stays.
 *   <li>The end of a session is the end of its agents: those of a completed session are {@code COMPLETED}, and those at work
 *       in a failed one {@code ERROR}.
 *   <li><b>Log lines</b> of {@code session_logs} and {@code crewai_log}. A line of {@code session_logs} that the board
 *       already has (same session, time and text) is not added again, because every response to {@code
 *       get_session_logs} repeats the last 50 lines.
 *   <li>Everything is bounded, see {@link Builder}. The least recently updated entry is dropped first.
 *   <li>If a board takes more memory than its bound, it first leaves out details: of the largest entries, and of those the
 *       least recently updated, until there is room again. A mark takes their place, such as {@code (16000000 characters left
 *       out)}: at the end of a text, of which the beginning is kept; in place of details, and of an entry of the crew's
 *       output; and in metadata, as {@code {left_out=16000000 characters left out}}. That is no change of an agent or a
 *       session. If there are not enough details, entries are dropped, in the same order.
 *   <li>When a new connection is opened, nothing is dropped, but every entry is marked {@code stale} until the next message
 *       about it arrives.
 * </ul>
 *
 * <p>Safe for use by multiple threads. Messages are cheap: a snapshot is built only when it is requested, and kept until the
 * next change. {@link #onAgentChange} and {@link #onSessionChange} report what people can see of each change, and cost
 * little. With a listener of {@link #onChange}, a snapshot is built for every message, so a display should poll {@link
 * #snapshot()} a few times a second instead.
 */
public final class TrackingBoard {

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final BoardReducer reducer;
  private final Listeners<Listener> listeners = new Listeners<>();
  private final Listeners<AgentChange.Listener> agentListeners = new Listeners<>();
  private final Listeners<SessionChange.Listener> sessionListeners = new Listeners<>();
  private volatile @Nullable BoardSnapshot cached;

  private TrackingBoard(Builder builder) {
    this.clock = builder.clock;
    this.reducer = new BoardReducer(
        builder.maxAgents,
        builder.maxSessions,
        builder.maxCollaborations,
        builder.maxLogLines,
        builder.maxChars,
        builder.staleAfter);
  }

  /**
   * Creates an empty board with the default bounds.
   *
   * @param clock the clock for the arrival times of messages
   * @return the board
   */
  public static TrackingBoard create(InstantSource clock) {
    return builder().clock(clock).build();
  }

  /**
   * Creates a builder.
   *
   * @return a builder with the default bounds and the system clock
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the current state.
   *
   * @return the snapshot; the same object until something changes
   */
  public BoardSnapshot snapshot() {
    BoardSnapshot snapshot = cached;
    if (snapshot != null) {
      return snapshot;
    }
    lock.lock();
    try {
      snapshot = reducer.snapshot();
      cached = snapshot;
      return snapshot;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Registers a listener for changes. The listener is not called for the current state; get that from {@link #snapshot()}.
   *
   * @param listener called after each change, on the thread that feeds the board
   * @return the subscription, which ends when it is closed
   */
  public Subscription onChange(Listener listener) {
    return listeners.add(listener);
  }

  /**
   * Registers a listener for changes of agents. It is not called for the agents that the board knows already.
   *
   * @param listener called with each change, on the thread that feeds the board
   * @return the subscription, which ends when it is closed
   */
  public Subscription onAgentChange(AgentChange.Listener listener) {
    return agentListeners.add(listener);
  }

  /**
   * Registers a listener for changes of sessions. It is not called for the sessions that the board knows already.
   *
   * @param listener called with each change, on the thread that feeds the board
   * @return the subscription, which ends when it is closed
   */
  public Subscription onSessionChange(SessionChange.Listener listener) {
    return sessionListeners.add(listener);
  }

  /**
   * Applies a message. A client calls this for its own board, on its callback executor; call it yourself in tests. Call it
   * from one thread at a time, or listeners may receive changes out of order.
   *
   * @param message any message; types that the board does not track are ignored
   * @throws RuntimeException the first exception thrown by a listener, after all listeners were called, with further
   *     exceptions suppressed
   */
  public void accept(ServerMessage message) {
    Objects.requireNonNull(message, "message");
    change(message, step -> reducer.apply(message, step));
  }

  /**
   * Applies a connection state, in the same way as {@link #accept(ServerMessage)} applies a message. A client passes its
   * current state to a new board first.
   *
   * @param state the new state
   * @throws RuntimeException the first exception thrown by a listener, after all listeners were called, with further
   *     exceptions suppressed
   */
  public void accept(ConnectionState state) {
    Objects.requireNonNull(state, "state");
    change(null, step -> reducer.apply(state));
  }

  /**
   * Marks the agents at work as {@linkplain AgentView#stale() stale} of which nothing was heard for the time set with {@link
   * Builder#staleAfter}, and reports each of them once as a change. A client calls this for its own board; call it yourself
   * in tests.
   *
   * @return the time after which the next agent may have been silent for too long; empty if no agent is at work, or if no such
   *     time is set
   * @throws RuntimeException the first exception thrown by a listener, after all listeners were called, with further
   *     exceptions suppressed
   */
  public Optional<Duration> checkStale() {
    change(null, reducer::markSilent);
    lock.lock();
    try {
      return reducer.untilSilence(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void change(@Nullable ServerMessage cause, Predicate<Step> apply) {
    Step step =
        new Step(clock.instant(), cause, agentListeners.isPresent(), sessionListeners.isPresent());
    lock.lock();
    try {
      if (!apply.test(step)) {
        return;
      }
      cached = null;
    } finally {
      lock.unlock();
    }
    Failures failures = new Failures();
    step.forEach(
        change -> agentListeners.call(failures, listener -> listener.onAgentChange(change)),
        change -> sessionListeners.call(failures, listener -> listener.onSessionChange(change)));
    if (listeners.isPresent()) {
      BoardSnapshot snapshot = snapshot();
      listeners.call(failures, listener -> listener.onBoardChanged(snapshot));
    }
    failures.rethrow();
  }

  /** Is notified of every change of a {@link TrackingBoard}. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called after a change, on the thread that feeds the board: a client's callback executor, one call at a time.
     *
     * @param board the board after the change
     */
    void onBoardChanged(BoardSnapshot board);
  }

  private static final class Listeners<L> {

    private final List<Registration<L>> registrations = new CopyOnWriteArrayList<>();

    Subscription add(L listener) {
      Registration<L> registration =
          new Registration<>(Objects.requireNonNull(listener, "listener"));
      registrations.add(registration);
      return () -> registrations.remove(registration);
    }

    boolean isPresent() {
      return !registrations.isEmpty();
    }

    void call(Failures failures, Consumer<L> call) {
      registrations.forEach(
          registration -> failures.guard(() -> call.accept(registration.listener)));
    }
  }

  /** Compared by identity, so that the same listener can be registered twice. */
  private static final class Registration<L> {

    private final L listener;

    private Registration(L listener) {
      this.listener = listener;
    }
  }

  /** Builds a {@link TrackingBoard}. Not thread-safe. */
  public static final class Builder {

    private static final long MIN_CHARS = 1_000;

    private InstantSource clock = InstantSource.system();
    private int maxAgents = 10_000;
    private int maxSessions = 1_000;
    private int maxCollaborations = 100;
    private int maxLogLines = 500;
    private long maxChars = 64_000_000;
    private @Nullable Duration staleAfter;

    private Builder() {}

    /**
     * Sets the clock for the arrival times of messages, the system clock by default.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how many agents are kept, 10,000 by default. Beyond that, the least recently updated agent is dropped and counted
     * in {@link BoardSnapshot#droppedAgents()}.
     *
     * @param count 1 or more
     * @return this builder
     * @throws IllegalArgumentException if the count is less than 1
     */
    public Builder maxAgents(int count) {
      this.maxAgents = atLeast(1, count, "agents");
      return this;
    }

    /**
     * Sets how many sessions are kept, 1,000 by default. Beyond that, the least recently updated session is dropped and
     * counted in {@link BoardSnapshot#droppedSessions()}. A session includes its agents and the output of its crew.
     *
     * @param count 1 or more
     * @return this builder
     * @throws IllegalArgumentException if the count is less than 1
     */
    public Builder maxSessions(int count) {
      this.maxSessions = atLeast(1, count, "sessions");
      return this;
    }

    /**
     * Sets how many collaborations are kept, 100 by default.
     *
     * @param count 0 or more
     * @return this builder
     * @throws IllegalArgumentException if the count is negative
     */
    public Builder maxCollaborations(int count) {
      this.maxCollaborations = atLeast(0, count, "collaborations");
      return this;
    }

    /**
     * Sets how many log lines are kept, 500 by default.
     *
     * @param count 0 or more
     * @return this builder
     * @throws IllegalArgumentException if the count is negative
     */
    public Builder maxLogLines(int count) {
      this.maxLogLines = atLeast(0, count, "log lines");
      return this;
    }

    /**
     * Sets after which time of silence an agent at work is {@linkplain AgentView#stale() stale}, and reported with {@link
     * AgentChange.Field#STALE}; by default, silence is not watched. See {@link #checkStale()}.
     *
     * @param silence more than zero
     * @return this builder
     * @throws IllegalArgumentException if the time is not positive
     */
    public Builder staleAfter(Duration silence) {
      if (silence.isZero() || silence.isNegative()) {
        throw new IllegalArgumentException(
            "An agent can only be stale after a positive time of silence, but staleAfter is "
                + silence + ".");
      }
      this.staleAfter = silence;
      return this;
    }

    /**
     * Sets how much memory the board may take, in characters of two bytes, 64,000,000 by default. What that means is
     * described at {@link TrackingBoard}.
     *
     * @param chars 1,000 or more; values are estimated, and small ones count as more than their text
     * @return this builder
     * @throws IllegalArgumentException if the number is less than 1,000
     */
    public Builder maxChars(long chars) {
      this.maxChars = atLeast(MIN_CHARS, chars, "characters");
      return this;
    }

    /**
     * Builds the board.
     *
     * @return an empty board
     */
    public TrackingBoard build() {
      return new TrackingBoard(this);
    }

    private static int atLeast(int least, int count, String what) {
      return (int) atLeast(least, (long) count, what);
    }

    private static long atLeast(long least, long count, String what) {
      if (count < least) {
        throw new IllegalArgumentException("A board must keep " + least + " or more " + what
            + ", but was asked to keep " + count + ".");
      }
      return count;
    }
  }
}
