package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.internal.guard.WarnLimit;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits the runs of a {@link CallbackBuffer} to the caller's executor. One that rejects a task because it is full is
 * retried after a pause; one that is shut down is not. At most one run is submitted at a time.
 */
final class RetryingExecutor {

  static final Duration PAUSE = Duration.ofMillis(100);

  /** After the client was closed, somebody waits for the last callback: retries end. */
  static final int ATTEMPTS_WHEN_CLOSED = 10;

  private static final Logger LOG = LoggerFactory.getLogger(RetryingExecutor.class);

  private final Executor executor;
  private final Scheduler scheduler;
  private volatile boolean closed;
  private final AtomicInteger rejections = new AtomicInteger();
  private final WarnLimit warnLimit = new WarnLimit();

  RetryingExecutor(Executor executor, Scheduler scheduler) {
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** Bounds the retries: the client is closed. */
  void close() {
    rejections.set(0);
    closed = true;
  }

  /**
   * Submits a run, now or after a pause.
   *
   * @param onDiscarded called instead, once it is clear that the executor accepts no more tasks
   * @return {@code false} if that is clear already
   */
  boolean execute(Runnable run, Runnable onDiscarded) {
    try {
      executor.execute(run);
      rejections.set(0);
      return true;
    } catch (RuntimeException | Error rejected) {
      if (!hasEnded() && retry(run, onDiscarded, rejected)) {
        return true;
      }
      warn(
          "The callback executor accepts no more tasks, so callbacks are lost."
              + " Close the client before you shut its executor down.",
          rejected);
      onDiscarded.run();
      return false;
    }
  }

  /** Submits a run if the executor accepts it now. */
  boolean offer(Runnable run) {
    try {
      executor.execute(run);
      return true;
    } catch (RuntimeException | Error rejected) {
      LOG.debug("The callback executor rejected a task: the thread in use goes on.", rejected);
      return false;
    }
  }

  private boolean retry(Runnable run, Runnable onDiscarded, Throwable rejected) {
    if (rejections.getAndIncrement() == 0) {
      warn(
          "The callback executor rejected a task; callbacks wait until it accepts one."
              + " Give callbackExecutor(…) an executor with room for a task of each client.",
          rejected);
    }
    try {
      scheduler.schedule(PAUSE, () -> execute(run, onDiscarded));
      return true;
    } catch (RejectedExecutionException schedulerHasEnded) {
      return false;
    }
  }

  private void warn(String warning, Throwable rejected) {
    String addition = warnLimit.admit(warning, scheduler.nanoTime());
    if (addition != null) {
      LOG.warn("{}{}", warning, addition, rejected);
    }
  }

  /** Returns whether the executor is shut down, as far as that can be known. */
  boolean isShutDown() {
    return executor instanceof ExecutorService service && service.isShutdown();
  }

  private boolean hasEnded() {
    return isShutDown() || (closed && rejections.get() >= ATTEMPTS_WHEN_CLOSED);
  }
}
