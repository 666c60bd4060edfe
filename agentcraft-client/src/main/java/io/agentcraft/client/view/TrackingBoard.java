package io.agentcraft.client.view;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.internal.inbound.Failures;
import io.agentcraft.client.listener.Subscription;
import io.agentcraft.client.message.ServerMessage;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is true now: folds the messages of a client into one immutable {@link BoardSnapshot}, to ask for or to listen to.
 *
 * <p>A client feeds its own board. In a test of a display, make one with {@link #create(InstantSource)} and feed it
 * yourself.
 *
 * <p>What it keeps, and for how long:
 *
 * <ul>
 *   <li><b>Agents</b>: the newest {@code agent_status} by agent id; the newest to arrive wins, whatever its timestamp.
 *   <li><b>Sessions</b>: {@code active_sessions} is the server's complete list. A session missing from a newer list is
 *       dropped if only such lists had told of it; one whose state was seen stays, marked {@link SessionView#gone()}.
 *   <li><b>Log lines</b> of {@code session_logs} and {@code crewai_log}. A line of {@code session_logs} that is kept
 *       already (same session, time and text) is not added again, because every answer to {@code get_session_logs}
 *       repeats the last 50.
 *   <li>Everything is bounded, see {@link Builder}. What was updated longest ago goes first.
 *   <li>When a new connection opens nothing is dropped, but all that was known is marked {@code stale}
 *       until a message tells of it again.
 * </ul>
 *
 * <p>Safe for use by any thread. Messages cost little until somebody looks: a snapshot is built when it is asked for, and
 * kept until the next change. A listener is somebody who looks at every change, so a display does better to ask a few
 * times a second.
 */
public final class TrackingBoard {

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final BoardReducer fold;
  private final List<Registration> registrations = new CopyOnWriteArrayList<>();
  private volatile @Nullable BoardSnapshot cached;

  private TrackingBoard(Builder builder) {
    this.clock = builder.clock;
    this.fold = new BoardReducer(
        builder.maxAgents, builder.maxSessions, builder.maxCollaborations, builder.maxLogLines);
  }

  /**
   * Makes an empty board with the default bounds.
   *
   * @param clock tells when a message arrives
   * @return the board
   */
  public static TrackingBoard create(InstantSource clock) {
    return builder().clock(clock).build();
  }

  /**
   * Begins a board.
   *
   * @return a builder with the default bounds and the system's clock
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns what is known now.
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
      snapshot = fold.snapshot();
      cached = snapshot;
      return snapshot;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Listens to changes. The listener is not called for what is known already: ask for a {@link #snapshot()} first.
   *
   * @param listener called after each change, on the thread that feeds the board
   * @return ends the listening
   */
  public Subscription onChange(BoardListener listener) {
    Registration registration = new Registration(Objects.requireNonNull(listener, "listener"));
    registrations.add(registration);
    return () -> registrations.remove(registration);
  }

  /**
   * Takes a message in. A client does this for its own board, on its callback executor; call it yourself in tests. One
   * thread at a time, or else listeners may hear changes out of order.
   *
   * @param message any message; types that change nothing here are ignored
   * @throws RuntimeException what a listener threw, after all listeners were called; further ones are suppressed
   */
  public void accept(ServerMessage message) {
    Objects.requireNonNull(message, "message");
    change(() -> fold.apply(message, clock.instant()));
  }

  /**
   * Takes a change of the connection in, as {@link #accept(ServerMessage)} does with a message. A board that is
   * attached late is told the present state first.
   *
   * @param state the new state
   * @throws RuntimeException what a listener threw, after all listeners were called; further ones are suppressed
   */
  public void accept(ConnectionState state) {
    Objects.requireNonNull(state, "state");
    change(() -> fold.apply(state));
  }

  private void change(BooleanSupplier step) {
    lock.lock();
    try {
      if (!step.getAsBoolean()) {
        return;
      }
      cached = null;
    } finally {
      lock.unlock();
    }
    if (!registrations.isEmpty()) {
      tell(snapshot());
    }
  }

  private void tell(BoardSnapshot snapshot) {
    Failures failures = new Failures();
    for (Registration registration : registrations) {
      failures.guard(() -> registration.listener.onBoardChanged(snapshot));
    }
    failures.rethrow();
  }

  /** Told apart by identity, so that one listener may be registered twice. */
  private static final class Registration {

    private final BoardListener listener;

    private Registration(BoardListener listener) {
      this.listener = listener;
    }
  }

  /** Builds a {@link TrackingBoard}. Not safe for use by several threads. */
  public static final class Builder {

    private InstantSource clock = InstantSource.system();
    private int maxAgents = 10_000;
    private int maxSessions = 1_000;
    private int maxCollaborations = 100;
    private int maxLogLines = 500;

    private Builder() {}

    /**
     * Sets the clock that tells when a message arrives, the system's by default.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how many agents are kept, 10,000 by default. What was updated longest ago is dropped, and counted in
     * {@link BoardSnapshot#droppedAgents()}.
     *
     * @param count 1 or more
     * @return this builder
     * @throws IllegalArgumentException below 1
     */
    public Builder maxAgents(int count) {
      this.maxAgents = atLeast(1, count, "agents");
      return this;
    }

    /**
     * Sets how many sessions are kept, 1,000 by default. What was updated longest ago is dropped, and counted in
     * {@link BoardSnapshot#droppedSessions()}. A session holds its agents and its crew's output.
     *
     * @param count 1 or more
     * @return this builder
     * @throws IllegalArgumentException below 1
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
     * @throws IllegalArgumentException below 0
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
     * @throws IllegalArgumentException below 0
     */
    public Builder maxLogLines(int count) {
      this.maxLogLines = atLeast(0, count, "log lines");
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
      if (count < least) {
        throw new IllegalArgumentException("A board keeps " + least + " or more " + what
            + ", but was asked to keep " + count + ".");
      }
      return count;
    }
  }
}
