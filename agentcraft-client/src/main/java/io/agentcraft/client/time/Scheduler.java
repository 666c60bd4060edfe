package io.agentcraft.client.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock and a single-threaded executor with timers. A client makes all of its decisions on this thread, one task at a
 * time. By default, all clients of the JVM share one daemon thread, which exists only while a client is open.
 */
public interface Scheduler {

  /**
   * Returns the current value of a monotonic clock, as {@link System#nanoTime()} does. Only differences are meaningful.
   *
   * @return the value in nanoseconds
   */
  long nanoTime();

  /**
   * Returns the wall-clock time.
   *
   * @return the current instant
   */
  Instant now();

  /**
   * Runs a task as soon as possible, after all tasks that were submitted before.
   *
   * @param task the task, which must not block
   * @throws java.util.concurrent.RejectedExecutionException if the scheduler has been shut down
   */
  void execute(Runnable task);

  /**
   * Runs a task after a delay.
   *
   * @param delay the delay; zero or more
   * @param task the task, which must not block
   * @return the timer, to cancel the task with
   * @throws java.util.concurrent.RejectedExecutionException if the scheduler has been shut down
   */
  Timer schedule(Duration delay, Runnable task);

  /** A scheduled task. */
  @FunctionalInterface
  interface Timer {

    /** Cancels the task. Has no effect if the task has run already. */
    void cancel();
  }
}
