package io.agentcraft.client.internal.inbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * Where a reader thread waits for room in a {@link CallbackBuffer}. At first it waits until there is room for many messages,
 * since waking a thread costs more than a message does; once its patience is over, any room will do, for the callback that
 * runs may itself wait for the next message. Guarded by the buffer's lock, except for {@link #isWaiting}.
 */
final class ReaderGate {

  static final Duration PATIENCE = Duration.ofMillis(1);

  private final Condition room;
  private final Duration patience;
  private volatile boolean waiting;
  private boolean impatient;

  ReaderGate(Condition room, Duration patience) {
    this.room = room;
    this.patience = patience;
  }

  /**
   * Blocks the reader thread while the buffer is full. Checks again whenever the gate opens, and once its patience is over.
   *
   * @param onImpatient runs when its patience was not enough
   */
  void await(BooleanSupplier isFull, Runnable onImpatient) {
    impatient = false;
    boolean interrupted = false;
    while (isFull.getAsBoolean()) {
      waiting = true;
      if (impatient) {
        room.awaitUninterruptibly();
        continue;
      }
      try {
        impatient = !room.await(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException ofNoMeaningHere) {
        interrupted = true;
        impatient = true;
      }
      if (impatient && isFull.getAsBoolean()) {
        onImpatient.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether a reader waits. Any thread, without the lock. */
  boolean isWaiting() {
    return waiting;
  }

  void open() {
    waiting = false;
    room.signalAll();
  }

  void openIfRoomy(Backlog backlog) {
    if (waiting && (backlog.isRoomy() || (impatient && !backlog.isFull()))) {
      open();
    }
  }
}
