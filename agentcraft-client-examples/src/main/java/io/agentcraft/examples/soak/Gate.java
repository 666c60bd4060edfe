package io.agentcraft.examples.soak;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where the run waits for its clients, and is woken when it has to stop. Safe to use from any thread. */
public final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopped;

  /** Makes a gate. */
  public Gate() {}

  /** Ends the run: no wait lasts any longer. */
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

  /** Something happened that somebody may wait for. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits; returns {@code false} if the condition did not come true in time, or the run was stopped. */
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

  /** Lets time pass, unless the run is stopped. */
  void pause(Duration length) {
    if (!length.isZero()) {
      var unused = await(length, () -> false);
    }
  }
}
