package io.agentcraft.testing.internal.time;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs all decisions of one server one after another, so that its state needs no locks. */
public final class Loop {

  private static final System.Logger LOG = System.getLogger(Loop.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private volatile @Nullable Thread current;
  private volatile boolean closed;
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

  public Loop(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Reads the clock that timers go by. */
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  /** Runs a task soon. Does nothing after {@link #close}. */
  public void execute(Runnable task) {
    if (!closed) {
      try {
        scheduler.execute(() -> run(task));
      } catch (RejectedExecutionException schedulerIsClosed) {
        LOG.log(System.Logger.Level.DEBUG, "A task came too late.", schedulerIsClosed);
      }
    }
  }

  /** Runs a task at once when called from within another task, otherwise soon. */
  public void inlineOrSoon(Runnable task) {
    if (Thread.currentThread() == current) {
      task.run();
    } else {
      execute(task);
    }
  }

  /** Runs a task later. */
  public Scheduler.Timer schedule(Duration delay, Runnable task) {
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
  public void call(Runnable task) {
    var unused = call(() -> {
      task.run();
      return true;
    });
  }

  /** Runs a task and waits for what it returns: at once when called from within another task. */
  public <T> T call(Supplier<T> task) {
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

  /** From now on nothing runs any more, and no timer is left on a scheduler that may be somebody else's. */
  public void close() {
    closed = true;
    pending.forEach(Pending::cancel);
  }

  public boolean isClosed() {
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
    }
  }

  private static <T> T await(CompletableFuture<T> result) {
    try {
      return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException("A task of the reference server failed.", cause);
    } catch (TimeoutException stuck) {
      throw new IllegalStateException(
          "The reference server's scheduler ran nothing for " + PATIENCE.toSeconds()
              + " s. Is one of its tasks blocked?",
          stuck);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Interrupted while waiting for the reference server.", interrupted);
    }
  }
}
