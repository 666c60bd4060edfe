package io.agentcraft.examples.soak;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets the run wait for its clients, and stops every wait when the run has to end. Safe for use by any thread. */
public final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopped;

  /** Creates a gate. */
  public Gate() {}

  /** Ends the run: all waits return. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Checks the conditions that are waited for again. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a condition; returns {@code false} if it did not come true in time, or the run was stopped. */
  boolean await(Duration patience, BooleanSupplier condition) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!stopped) {
        if (condition.getAsBoolean()) {
          return true;
        }
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped = true;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a time, unless the run is stopped. */
  void pause(Duration length) {
    if (!length.isZero()) {
      var unused = await(length, () -> false);
    }
  }
}
