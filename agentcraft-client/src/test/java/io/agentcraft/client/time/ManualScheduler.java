package io.agentcraft.client.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A scheduler whose time stands still until a test moves it. Single-threaded: tasks run inside {@link
 * #execute(Runnable)} and {@link #advance(Duration)}, on the test's thread.
 */
public class ManualScheduler implements Scheduler {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  // Overflows after a minute, so that code which compares readings instead of differences fails.
  private static final long START_NANOS = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Pending> timers =
      new PriorityQueue<>(Comparator.comparingLong((Pending timer) -> timer.due)
          .thenComparingLong(timer -> timer.order));
  private long elapsed;
  private long scheduled;
  private boolean running;

  /** Begins on 1 January 2026, with nothing scheduled. */
  public ManualScheduler() {}

  @Override
  public long nanoTime() {
    return START_NANOS + elapsed;
  }

  @Override
  public Instant now() {
    return START.plusNanos(elapsed);
  }

  /** Runs the task at once; given inside another task, after that one. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!running) {
      runTasks();
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("A delay is zero or more, but was " + delay + ".");
    }
    Pending timer = new Pending(elapsed + delay.toNanos(), scheduled++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /** Moves the time, stopping at each timer that falls due, in order; those due now run too. */
  public void advance(Duration step) {
    if (running) {
      throw new IllegalStateException("Only the test itself moves the time, not a task.");
    }
    long end = elapsed + step.toNanos();
    for (Pending next = timers.peek(); next != null && next.due <= end; next = timers.peek()) {
      timers.remove(next);
      elapsed = Math.max(elapsed, next.due);
      execute(next.task);
    }
    elapsed = end;
  }

  /** Moves the time to the next timer and runs it; returns how long that was. */
  public Duration advanceToNextTimer() {
    Pending next = timers.peek();
    if (next == null) {
      throw new IllegalStateException("There is no timer to advance to.");
    }
    Duration step = Duration.ofNanos(Math.max(0, next.due - elapsed));
    advance(step);
    return step;
  }

  /** How many timers have neither run nor been called off. */
  public int pendingTimers() {
    return timers.size();
  }

  private void runTasks() {
    running = true;
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    } finally {
      running = false;
    }
  }

  /** Told apart by identity, so that a call-off removes no other timer of the same time. */
  private static final class Pending {

    private final long due;
    private final long order;
    private final Runnable task;

    private Pending(long due, long order, Runnable task) {
      this.due = due;
      this.order = order;
      this.task = task;
    }
  }
}
