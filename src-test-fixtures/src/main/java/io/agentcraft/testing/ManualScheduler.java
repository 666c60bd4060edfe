package io.agentcraft.testing;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose clock stands still until a test moves it. Give it to a client, to a server or to both, and no
 * backoff, heartbeat or time-out waits for the wall clock.
 *
 * <p>What is executed runs at once, in order, on one daemon thread of its own; what is scheduled runs on it during
 * {@link #advance} only. Safe to use from any thread.
 */
public final class ManualScheduler implements Scheduler, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
    Thread daemon = new Thread(task, "manual-scheduler");
    daemon.setDaemon(true);
    worker = daemon;
    return daemon;
  });
  private volatile @Nullable Thread worker;
  private final Object lock = new Object();

  // Guarded by the lock.
  private final List<Entry> timers = new ArrayList<>();
  private final Instant start;
  private long nanos;
  private int running;
  private boolean closed;
  private @Nullable Throwable failure;

  /** Makes a scheduler whose wall clock shows the time of now. */
  public ManualScheduler() {
    this(Instant.now());
  }

  /**
   * Makes a scheduler.
   *
   * @param start what its wall clock shows
   */
  public ManualScheduler(Instant start) {
    this.start = start;
  }

  @Override
  public long nanoTime() {
    synchronized (lock) {
      return nanos;
    }
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanoTime());
  }

  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      requireOpen();
      running++;
      thread.execute(() -> run(task));
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    synchronized (lock) {
      requireOpen();
      Entry entry = new Entry(nanos + Math.max(0, delay.toNanos()), task);
      timers.add(entry);
      return () -> cancel(entry);
    }
  }

  /**
   * Moves the clock, task by task: sets it to the time of the next one that is due, runs it and waits for it and for
   * all that it executes, and so on.
   *
   * @param duration by how much; zero runs what is due now
   * @throws IllegalStateException if a task threw, ran for more than 10 s of real time, or is itself the caller
   */
  public void advance(Duration duration) {
    long target = nanoTime() + duration.toNanos();
    settle();
    for (Entry due = takeDue(target); due != null; due = takeDue(target)) {
      execute(due.task);
      settle();
    }
  }

  /**
   * Waits until all that was executed has run. The clock stands still.
   *
   * @throws IllegalStateException if a task threw or runs for more than 10 s of real time
   */
  public void settle() {
    if (Thread.currentThread() == worker) {
      throw new IllegalStateException(
          "The clock can't be moved from within a task of the scheduler: it would wait for itself.");
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lock) {
      while (running > 0) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "Waited " + PATIENCE.toSeconds() + " s for " + running
                  + " tasks of the manual scheduler. Is one of them blocked, or waiting for the clock?");
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while tasks were running.", interrupted);
        }
      }
      Throwable thrown = failure;
      if (thrown != null) {
        failure = null;
        throw new IllegalStateException("A task of the manual scheduler failed.", thrown);
      }
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
          .map(entry -> Duration.ofNanos(Math.max(0, entry.due - nanos)))
          .sorted()
          .toList();
    }
  }

  /**
   * Returns how many tasks are scheduled.
   *
   * @return the number, without those called off
   */
  public int pendingTimers() {
    return pendingDelays().size();
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
   * Ends the thread. From now on nothing runs any more, and what is given to it is rejected: close it after the clients
   * and servers that use it.
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      timers.clear();
    }
    thread.shutdown();
  }

  private void requireOpen() {
    if (closed) {
      throw new RejectedExecutionException(
          "The manual scheduler is closed. Close it after the clients and servers that use it.");
    }
  }

  private void run(Runnable task) {
    Throwable thrown = null;
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      thrown = bug;
    }
    synchronized (lock) {
      running--;
      if (failure == null) {
        failure = thrown;
      }
      lock.notifyAll();
    }
  }

  private void cancel(Entry entry) {
    synchronized (lock) {
      timers.remove(entry);
    }
  }

  private @Nullable Entry takeDue(long target) {
    synchronized (lock) {
      // The list is in the order of scheduling, and min() returns the first of equals.
      Entry next =
          timers.stream().min(Comparator.comparingLong(entry -> entry.due)).orElse(null);
      if (next == null || next.due > target) {
        nanos = Math.max(nanos, target);
        return null;
      }
      timers.remove(next);
      nanos = Math.max(nanos, next.due);
      return next;
    }
  }

  private static final class Entry {

    private final long due;
    private final Runnable task;

    private Entry(long due, Runnable task) {
      this.due = due;
      this.task = task;
    }
  }
}
