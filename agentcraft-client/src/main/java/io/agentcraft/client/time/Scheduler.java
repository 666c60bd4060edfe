package io.agentcraft.client.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock and the thread that runs what is due: everything that a client decides, it decides there. Tasks run one at a
 * time. The default is one daemon thread for all clients of the JVM, there only while a client is open.
 */
public interface Scheduler {

  /**
   * Returns the reading of a clock that never goes back; only differences mean anything.
   *
   * @return nanoseconds
   */
  long nanoTime();

  /**
   * Returns the wall-clock time.
   *
   * @return the instant
   */
  Instant now();

  /**
   * Runs a task soon, after all tasks given before.
   *
   * @param task the task; never blocks
   * @throws java.util.concurrent.RejectedExecutionException if the thread has ended and will not run it
   */
  void execute(Runnable task);

  /**
   * Runs a task later.
   *
   * @param delay how much later; zero or more
   * @param task the task; never blocks
   * @return a handle to call it off
   * @throws java.util.concurrent.RejectedExecutionException if the thread has ended and will not run it
   */
  Timer schedule(Duration delay, Runnable task);

  /** A task that is to run later. */
  @FunctionalInterface
  interface Timer {

    /** Calls the task off. Does nothing if it ran already. */
    void cancel();
  }
}
