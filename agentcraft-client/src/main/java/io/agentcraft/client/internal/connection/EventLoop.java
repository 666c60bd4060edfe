package io.agentcraft.client.internal.connection;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a client's state is confined to: runs tasks one at a time, in the order in which they were posted, on the scheduler
 * of the caller or on the one that all clients share.
 *
 * <p>A scheduler of the caller's may end before the client does, and may lose what it has accepted. From {@link
 * #outliveScheduler()} on, the shared one then takes its place: it runs the lost tasks, and takes over the timers.
 */
public final class EventLoop implements Scheduler {

  /** How often a client that is closing looks whether the caller's scheduler has ended: nothing else may tell. */
  static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

  /** The caller's, to the end: only differences between its readings mean anything. */
  private final Scheduler clock;

  private final Scheduler fallback;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<LoopTask> timers = ConcurrentHashMap.newKeySet();
  private final Object confinement = new Object();
  private final LoopWatch.Loop watched;
  private volatile Scheduler scheduler;
  private volatile boolean outlivesScheduler;
  private volatile boolean ended;

  /**
   * Creates a loop.
   *
   * @param scheduler the caller's scheduler, or the shared one
   * @param fallback the shared scheduler, which lives as long as the client
   * @param watch warns of tasks that block
   */
  public EventLoop(Scheduler scheduler, Scheduler fallback, LoopWatch watch) {
    this.clock = scheduler;
    this.scheduler = scheduler;
    this.fallback = fallback;
    this.watched = watch.add();
  }

  /** Creates a loop that ends with its scheduler, and that nobody watches. */
  public EventLoop(Scheduler scheduler) {
    this(scheduler, scheduler, new LoopWatch(look -> {}, List.of()));
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void execute(Runnable task) {
    if (!post(task)) {
      throw new RejectedExecutionException("The scheduler of this client has ended.");
    }
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

  /** Runs a task on the loop after a delay. If the scheduler has ended, the delay ends only when the loop outlives it. */
  @Override
  public Timer schedule(Duration delay, Runnable task) {
    LoopTask timer = new LoopTask(task, clock.nanoTime() + delay.toNanos());
    timers.add(timer);
    if (!timer.startOn(scheduler, delay) && outlivesScheduler) {
      moveTimers();
    }
    return timer;
  }

  /** Lets the loop outlive the caller's scheduler: the client closes, and all that was started has to end. */
  public void outliveScheduler() {
    outlivesScheduler = true;
    check();
  }

  /** Stops looking after the scheduler: the client is closed. */
  public void end() {
    ended = true;
    watched.close();
  }

  private void check() {
    boolean accepted = scheduler != fallback && !ended && post(() -> {});
    if (accepted && scheduler != fallback) {
      try {
        fallback.schedule(CHECK_INTERVAL, this::check);
      } catch (RejectedExecutionException clientIsClosed) {
        ended = true;
      }
    }
  }

  private boolean fallBack() {
    moveTimers();
    try {
      fallback.execute(this::runAll);
      return true;
    } catch (RejectedExecutionException clientIsClosed) {
      return false;
    }
  }

  private synchronized void moveTimers() {
    scheduler = fallback;
    timers.forEach(LoopTask::move);
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
        run(next);
      }
      return next != null;
    }
  }

  private void run(Runnable task) {
    boolean outermost = watched.start();
    try {
      task.run();
    } finally {
      if (outermost) {
        watched.end();
      }
    }
  }

  /** A task that waits for its time. It runs once, whichever scheduler it was started on. */
  private final class LoopTask implements Timer {

    private final Runnable task;
    private final long due;
    private volatile @Nullable Scheduler startedOn;
    private volatile @Nullable Timer timer;

    LoopTask(Runnable task, long due) {
      this.task = task;
      this.due = due;
    }

    /** Returns {@code false} if the scheduler has ended. */
    boolean startOn(Scheduler target, Duration delay) {
      try {
        Timer started = target.schedule(delay, this::run);
        timer = started;
        startedOn = target;
        if (!timers.contains(this)) {
          started.cancel();
        }
        return true;
      } catch (RejectedExecutionException schedulerHasEnded) {
        return false;
      }
    }

    void move() {
      if (startedOn != fallback) {
        startOn(fallback, Duration.ofNanos(Math.max(0, due - clock.nanoTime())));
      }
    }

    private void run() {
      // The lock is free except in the moment in which a scheduler ends while it still runs a task.
      synchronized (confinement) {
        if (timers.remove(this)) {
          EventLoop.this.run(task);
        }
      }
    }

    @Override
    public void cancel() {
      timers.remove(this);
      Timer started = timer;
      if (started != null) {
        started.cancel();
      }
    }
  }
}
