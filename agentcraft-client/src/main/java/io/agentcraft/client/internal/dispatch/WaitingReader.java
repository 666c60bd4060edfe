package io.agentcraft.client.internal.dispatch;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * A reader thread that waits for room in a {@link CallbackQueue}. It goes on when there is room for many messages, since
 * waking it costs more than a message does; or for one, once it has waited for a while. Guarded by the queue's lock, but
 * for {@link #isThere}.
 */
final class WaitingReader {

  private static final long PATIENCE = Duration.ofMillis(1).toNanos();

  private final Condition room;
  private final Scheduler clock;
  private volatile boolean there;
  private long since;

  WaitingReader(Condition room, Scheduler clock) {
    this.room = room;
    this.clock = clock;
  }

  /** Waits, on the reader thread; looks again whenever it is let in. */
  void waitWhile(BooleanSupplier isCrowded) {
    since = clock.nanoTime();
    while (isCrowded.getAsBoolean()) {
      there = true;
      room.awaitUninterruptibly();
    }
  }

  /** Tells whether one waits. By any thread, without the lock. */
  boolean isThere() {
    return there;
  }

  void letIn() {
    there = false;
    room.signalAll();
  }

  void letInIfWorthIt(Backlog backlog) {
    if (there && (backlog.isRoomy() || clock.nanoTime() - since >= PATIENCE)) {
      letIn();
    }
  }
}
