package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the turns of a {@link CallbackBuffer} to the caller's executor. One that is only full is asked again after a
 * while; one that is shut down is not. One turn at a time is on its way.
 */
final class RetryingExecutor {

  static final Duration PAUSE = Duration.ofMillis(100);

  /** After the client was closed somebody waits for the last callback, so not for ever. */
  static final int ATTEMPTS_AT_CLOSE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(RetryingExecutor.class);

  private final Executor executor;
  private final Scheduler scheduler;
  private volatile boolean closed;
  private final AtomicInteger refusals = new AtomicInteger();

  RetryingExecutor(Executor executor, Scheduler scheduler) {
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** The client is closed. */
  void close() {
    refusals.set(0);
    closed = true;
  }

  /**
   * Runs a turn, now or later.
   *
   * @param lost run instead, once it is clear that the executor takes no more
   * @return {@code false} if that is clear already
   */
  boolean execute(Runnable turn, Runnable lost) {
    try {
      executor.execute(turn);
      refusals.set(0);
      return true;
    } catch (RuntimeException | Error refused) {
      if (!isGone() && tryLater(turn, lost, refused)) {
        return true;
      }
      LOG.warn(
          "The callback executor takes no more tasks, so callbacks are lost."
              + " Close the client before you shut its executor down.",
          refused);
      lost.run();
      return false;
    }
  }

  /** Hands a turn on, if the executor takes it now. */
  boolean offer(Runnable turn) {
    try {
      executor.execute(turn);
      return true;
    } catch (RuntimeException | Error refused) {
      LOG.debug("The callback executor takes no task now: the one that runs goes on.", refused);
      return false;
    }
  }

  private boolean tryLater(Runnable turn, Runnable lost, Throwable refused) {
    if (refusals.getAndIncrement() == 0) {
      LOG.warn(
          "The callback executor refused a task; callbacks wait until it takes one."
              + " Give callbackExecutor(…) one with room for a task of each client.",
          refused);
    }
    try {
      scheduler.schedule(PAUSE, () -> execute(turn, lost));
      return true;
    } catch (RejectedExecutionException loopIsGone) {
      return false;
    }
  }

  private boolean isGone() {
    return (executor instanceof ExecutorService service && service.isShutdown())
        || (closed && refusals.get() >= ATTEMPTS_AT_CLOSE);
  }
}
