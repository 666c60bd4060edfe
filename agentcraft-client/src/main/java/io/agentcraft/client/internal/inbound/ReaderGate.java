package io.agentcraft.client.internal.inbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * A reader thread that waits for room in a {@link CallbackBuffer}. For a moment it waits until there is room for many
 * messages, since waking it costs more than a message does; then any room will do, for a callback that takes its time may
 * wait for what comes next. Guarded by the queue's lock, but for {@link #isThere}.
 */
final class ReaderGate {

  static final Duration MOMENT = Duration.ofMillis(1);

  private final Condition room;
  private final Duration moment;
  private volatile boolean there;
  private boolean impatient;

  ReaderGate(Condition room, Duration moment) {
    this.room = room;
    this.moment = moment;
  }

  /**
   * Waits, on the reader thread; looks again whenever it is let in, and after a moment.
   *
   * @param onImpatient runs when a moment was not enough
   */
  void waitWhile(BooleanSupplier isCrowded, Runnable onImpatient) {
    impatient = false;
    boolean interrupted = false;
    while (isCrowded.getAsBoolean()) {
      there = true;
      if (impatient) {
        room.awaitUninterruptibly();
        continue;
      }
      try {
        impatient = !room.await(moment.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException ofNoMeaningHere) {
        interrupted = true;
        impatient = true;
      }
      if (impatient && isCrowded.getAsBoolean()) {
        onImpatient.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
    if (there && (backlog.isRoomy() || (impatient && !backlog.isFull()))) {
      letIn();
    }
  }
}
