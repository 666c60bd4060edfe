package io.agentcraft.testing;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs all tasks of one server one after another, so that its state needs no locks. */
final class Loop {

  private static final System.Logger LOG = System.getLogger(Loop.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private volatile @Nullable Thread current;
  private volatile boolean closed;
  private final AtomicLong finished = new AtomicLong();
  private final Set<Pending> pending = ConcurrentHashMap.newKeySet();

  private final class Pending implements Scheduler.Timer {

    private volatile Scheduler.@Nullable Timer actual;

    @Override
    public void cancel() {
      pending.remove(this);
      Scheduler.Timer timer = actual;
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  Loop(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Returns the time of the clock that timers use. */
  long nanoTime() {
    return scheduler.nanoTime();
  }

  /** Runs a task soon. Has no effect after {@link #close}. */
  void execute(Runnable task) {
    if (!closed) {
      try {
        scheduler.execute(() -> run(task));
      } catch (RejectedExecutionException schedulerIsClosed) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "A task was submitted after the scheduler was closed.",
            schedulerIsClosed);
      }
    }
  }

  /** Runs a task at once when called from within another task, otherwise soon. */
  void inlineOrSoon(Runnable task) {
    if (Thread.currentThread() == current) {
      task.run();
    } else {
      execute(task);
    }
  }

  /** Runs a task later. */
  Scheduler.Timer schedule(Duration delay, Runnable task) {
    Pending timer = new Pending();
    pending.add(timer);
    timer.actual = scheduler.schedule(delay, () -> {
      pending.remove(timer);
      run(task);
    });
    if (closed) {
      timer.cancel();
    }
    return timer;
  }

  /** Runs a task and waits for it: at once when called from within another task. */
  void call(Runnable task) {
    var unused = call(() -> {
      task.run();
      return true;
    });
  }

  /** Runs a task and waits for what it returns: at once when called from within another task. */
  <T> T call(Supplier<T> task) {
    if (closed) {
      throw new IllegalStateException(
          "The reference server is closed. Start a new one for each test.");
    }
    if (Thread.currentThread() == current) {
      return task.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable completing = () -> {
      try {
        result.complete(task.get());
      } catch (RuntimeException | Error failure) {
        result.completeExceptionally(failure);
      }
    };
    try {
      scheduler.execute(() -> run(completing));
    } catch (RejectedExecutionException schedulerIsClosed) {
      throw new IllegalStateException(
          "The reference server's scheduler is closed. Close the server first.", schedulerIsClosed);
    }
    return await(result);
  }

  /** Stops running tasks, and leaves no timer on a scheduler that may belong to the caller. */
  void close() {
    closed = true;
    pending.forEach(Pending::cancel);
  }

  boolean isClosed() {
    return closed;
  }

  private void run(Runnable task) {
    if (closed) {
      return;
    }
    Thread before = current;
    current = Thread.currentThread();
    try {
      task.run();
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "A task of the reference server failed.", bug);
    } finally {
      current = before;
      finished.incrementAndGet();
    }
  }

  private <T> T await(CompletableFuture<T> result) {
    try {
      while (true) {
        long before = finished.get();
        try {
          return result.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException busyOrStuck) {
          if (finished.get() == before) {
            throw busyOrStuck;
          }
        }
      }
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException("A task of the reference server failed.", cause);
    } catch (TimeoutException stuck) {
      throw new IllegalStateException(
          "The reference server's scheduler ran nothing for " + TIMEOUT.toSeconds()
              + " s. Is one of its tasks blocked?",
          stuck);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while waiting for the reference server.", interrupted);
    }
  }
}
