package io.agentcraft.client.internal.connection;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a client's state is confined to: runs tasks one at a time, in the order in which they were posted, on the scheduler
 * of the caller or on the one that all clients share.
 */
public final class EventLoop {

  /** The caller's, to the end: only differences between its readings mean anything. */
  private final Scheduler clock;

  private final Scheduler fallback;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Object confinement = new Object();
  private volatile Scheduler scheduler;
  private volatile boolean outlivesScheduler;

  /**
   * Creates a loop.
   *
   * @param scheduler the caller's scheduler, or the shared one
   * @param fallback the shared scheduler, which lives as long as the client
   */
  public EventLoop(Scheduler scheduler, Scheduler fallback) {
    this.clock = scheduler;
    this.scheduler = scheduler;
    this.fallback = fallback;
  }

  /** Creates a loop that ends with its scheduler. */
  public EventLoop(Scheduler scheduler) {
    this(scheduler, scheduler);
  }

  /** Returns the reading of a clock that never goes back; only differences mean anything. */
  public long nanoTime() {
    return clock.nanoTime();
  }

  /** Returns the wall-clock time. */
  public Instant now() {
    return clock.now();
  }

  /**
   * Runs a task on the loop, after those that were posted before.
   *
   * @return {@code false} if the task never runs, because the scheduler has ended
   */
  public boolean post(Runnable task) {
    tasks.add(task);
    try {
      scheduler.execute(this::runNext);
      return true;
    } catch (RejectedExecutionException schedulerHasEnded) {
      if (outlivesScheduler && fallBack()) {
        return true;
      }
      if (tasks.remove(task)) {
        return false;
      }
      // A run that was accepted for an older task has taken this one, so that one is left to run.
      var unused = runNext();
      return true;
    }
  }

  /**
   * Runs a task on the loop after a delay.
   *
   * @throws RejectedExecutionException if the scheduler has ended
   */
  public Scheduler.Timer schedule(Duration delay, Runnable task) {
    Runnable confined = () -> run(task);
    try {
      return scheduler.schedule(delay, confined);
    } catch (RejectedExecutionException schedulerHasEnded) {
      if (outlivesScheduler) {
        return fallback.schedule(delay, confined);
      }
      throw schedulerHasEnded;
    }
  }

  /**
   * Lets the loop outlive the caller's scheduler: the client closes, and all that was begun has to end. What the caller's
   * scheduler had accepted and not run is run by the shared one.
   */
  public void outliveScheduler() {
    outlivesScheduler = true;
  }

  private boolean fallBack() {
    scheduler = fallback;
    try {
      fallback.execute(this::runAll);
      return true;
    } catch (RejectedExecutionException clientIsClosed) {
      return false;
    }
  }

  private void runAll() {
    try {
      while (runNext()) {
        // Until there is nothing left.
      }
    } finally {
      if (!tasks.isEmpty()) {
        fallback.execute(this::runAll);
      }
    }
  }

  private boolean runNext() {
    // Under the lock from here on: tasks run in the order in which they are taken.
    synchronized (confinement) {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
      return next != null;
    }
  }

  /** Takes the lock, which is free except in the moment in which a scheduler ends while it still runs a task. */
  private void run(Runnable task) {
    synchronized (confinement) {
      task.run();
    }
  }
}
