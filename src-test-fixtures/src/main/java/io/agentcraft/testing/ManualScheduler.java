package io.agentcraft.testing;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose clock stands still until a test moves it. Give it to a client, to a server or to both, and no backoff,
 * heartbeat or timeout waits for the wall clock.
 *
 * <p>What is executed runs at once and in order; what is scheduled runs during {@link #advance} only. Tasks run one at a time
 * on a daemon thread of the scheduler or, if it was created by {@link #inline}, on the thread that submits them. Safe to use
 * from any thread.
 */
public final class ManualScheduler implements Scheduler, AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Overflows after a minute, so that code which compares readings instead of differences fails. */
  private static final long START_NANOS = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  private record Entry(long due, long order, Runnable task) {}

  private final Instant start;
  private final @Nullable ExecutorService thread;
  private final Object lock = new Object();

  // Guarded by the lock.
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Entry> timers =
      new PriorityQueue<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::order));
  private long elapsed;
  private long scheduled;
  private boolean running;
  private @Nullable Thread runner;
  private boolean closed;
  private @Nullable Throwable failure;

  /** Creates a scheduler with a thread, whose wall clock starts at the beginning of 2026 in UTC. */
  public ManualScheduler() {
    this(START);
  }

  /**
   * Creates a scheduler with a thread.
   *
   * @param start the time at which its wall clock starts
   */
  public ManualScheduler(Instant start) {
    this(start, Executors.newSingleThreadExecutor(task -> {
      Thread daemon = new Thread(task, "manual-scheduler");
      daemon.setDaemon(true);
      return daemon;
    }));
  }

  private ManualScheduler(Instant start, @Nullable ExecutorService thread) {
    this.start = start;
    this.thread = thread;
  }

  /**
   * Creates a scheduler without a thread, for tests on a single thread: a task has run when {@link #execute} returns, unless
   * it was submitted by a task, which it runs after.
   *
   * @return the scheduler; its wall clock starts at the beginning of 2026 in UTC
   */
  public static ManualScheduler inline() {
    return new ManualScheduler(START, null);
  }

  @Override
  public long nanoTime() {
    synchronized (lock) {
      return START_NANOS + elapsed;
    }
  }

  @Override
  public Instant now() {
    synchronized (lock) {
      return start.plusNanos(elapsed);
    }
  }

  /**
   * Runs a task soon, after all tasks given before. An exception that it throws is reported by the next {@link #settle} or
   * {@link #advance}; without a thread, this method throws it.
   */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      requireOpen();
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
      if (thread != null) {
        thread.execute(this::runTasks);
        return;
      }
    }
    runTasks();
    Throwable thrown = takeFailure();
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    } else if (thrown instanceof Error error) {
      throw error;
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("The delay was " + delay + ". Use zero or more.");
    }
    synchronized (lock) {
      requireOpen();
      Entry entry = new Entry(elapsed + delay.toNanos(), scheduled++, task);
      timers.add(entry);
      return () -> cancel(entry);
    }
  }

  /**
   * Moves the clock, task by task: sets it to the time of the next task that is due, runs it, waits for it and for all that it
   * executes, and so on.
   *
   * @param duration by how much; zero runs what is due now
   * @throws IllegalStateException if a task threw an exception, ran for more than 10 s of real time, or is itself the caller
   */
  public void advance(Duration duration) {
    settle();
    long target;
    synchronized (lock) {
      target = elapsed + duration.toNanos();
    }
    for (Entry due = takeDue(target); due != null; due = takeDue(target)) {
      execute(due.task());
      settle();
    }
  }

  /**
   * Moves the clock to the next scheduled task, and runs it.
   *
   * @return by how much the clock was moved
   * @throws IllegalStateException as {@link #advance}; also if nothing is scheduled
   */
  public Duration advanceToNextTimer() {
    Duration delay = nextDelay()
        .orElseThrow(() -> new IllegalStateException("No task is scheduled to advance to."));
    advance(delay);
    return delay;
  }

  /**
   * Waits until all that was executed has run. The clock stands still.
   *
   * @throws IllegalStateException if a task threw an exception or runs for more than 10 s of real time
   */
  public void settle() {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    synchronized (lock) {
      if (Thread.currentThread() == runner) {
        throw new IllegalStateException(
            "The clock can't be moved from within a task of the scheduler: it would wait for itself.");
      }
      while (running) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "Waited " + TIMEOUT.toSeconds() + " s for the tasks of the"
                  + " manual scheduler. Is one of them blocked, or waiting for the clock?");
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while tasks were running.", interrupted);
        }
      }
    }
    Throwable thrown = takeFailure();
    if (thrown != null) {
      throw new IllegalStateException("A task of the manual scheduler failed.", thrown);
    }
  }

  /**
   * Returns how long each scheduled task has still to wait.
   *
   * @return the delays, shortest first
   */
  public List<Duration> pendingDelays() {
    synchronized (lock) {
      return timers.stream()
          .map(entry -> Duration.ofNanos(Math.max(0, entry.due() - elapsed)))
          .sorted()
          .toList();
    }
  }

  /**
   * Returns how many tasks are scheduled.
   *
   * @return the number, without those that were cancelled
   */
  public int pendingTimers() {
    synchronized (lock) {
      return timers.size();
    }
  }

  /**
   * Returns how long the next scheduled task has still to wait.
   *
   * @return the delay; empty if nothing is scheduled
   */
  public Optional<Duration> nextDelay() {
    return pendingDelays().stream().findFirst();
  }

  /**
   * Ends the thread. Nothing is run from now on, and new tasks are rejected: close it after the clients and servers that use
   * it.
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      timers.clear();
    }
    if (thread != null) {
      thread.shutdown();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new RejectedExecutionException(
          "The manual scheduler is closed. Close it after the clients and servers that use it.");
    }
  }

  private void runTasks() {
    for (Runnable task = nextTask(); task != null; task = nextTask()) {
      try {
        task.run();
      } catch (RuntimeException | Error bug) {
        synchronized (lock) {
          failure = failure == null ? bug : failure;
        }
      }
    }
  }

  private @Nullable Runnable nextTask() {
    synchronized (lock) {
      Runnable task = tasks.poll();
      running = task != null;
      runner = task == null ? null : Thread.currentThread();
      lock.notifyAll();
      return task;
    }
  }

  private @Nullable Throwable takeFailure() {
    synchronized (lock) {
      Throwable thrown = failure;
      failure = null;
      return thrown;
    }
  }

  private void cancel(Entry entry) {
    synchronized (lock) {
      timers.remove(entry);
    }
  }

  private @Nullable Entry takeDue(long target) {
    synchronized (lock) {
      Entry next = timers.peek();
      if (next == null || next.due() > target) {
        elapsed = Math.max(elapsed, target);
        return null;
      }
      timers.remove();
      elapsed = Math.max(elapsed, next.due());
      return next;
    }
  }
}
