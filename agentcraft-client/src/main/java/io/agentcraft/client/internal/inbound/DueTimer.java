package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * At most one timer on the scheduler, which runs a task on the callback executor when something is due. The task says
 * when the next thing is due by {@link #arm(OptionalLong)}. Safe for use by any thread.
 */
final class DueTimer {

  private final Scheduler scheduler;
  private final Executor executor;
  private final Runnable onDue;
  private @Nullable Armed armed;
  // From when the timer ran until its task runs: another timer would only queue the same task
  // again.
  private boolean queued;
  private boolean closed;

  DueTimer(Scheduler scheduler, Executor executor, Runnable onDue) {
    this.scheduler = scheduler;
    this.executor = executor;
    this.onDue = onDue;
  }

  /** Sets the timer to a reading of the scheduler's monotonic clock, or calls it off. */
  synchronized void arm(OptionalLong due) {
    if (closed || queued || (armed != null && due.isPresent() && armed.due == due.getAsLong())) {
      return;
    }
    cancel();
    if (due.isPresent()) {
      Armed next = new Armed(due.getAsLong());
      long delay = Math.max(0, next.due - scheduler.nanoTime());
      next.timer = scheduler.schedule(Duration.ofNanos(delay), () -> fire(next));
      armed = next;
    }
  }

  /** Calls the timer off for good; returns whether that was still to do. */
  synchronized boolean close() {
    boolean wasOpen = !closed;
    closed = true;
    cancel();
    return wasOpen;
  }

  private void cancel() {
    if (armed != null && armed.timer != null) {
      armed.timer.cancel();
    }
    armed = null;
  }

  private void fire(Armed fired) {
    synchronized (this) {
      if (armed != fired) {
        return;
      }
      armed = null;
      queued = true;
    }
    executor.execute(this::run);
  }

  private void run() {
    synchronized (this) {
      queued = false;
    }
    onDue.run();
  }

  /** Compared by identity, because a timer that was called off may be running already. */
  private static final class Armed {

    private final long due;
    private Scheduler.@Nullable Timer timer;

    private Armed(long due) {
      this.due = due;
    }
  }
}
