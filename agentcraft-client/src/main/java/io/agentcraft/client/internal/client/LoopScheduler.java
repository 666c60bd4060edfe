package io.agentcraft.client.internal.client;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real clock, and one daemon thread. */
final class LoopScheduler implements Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(LoopScheduler.class);

  private final ScheduledThreadPoolExecutor executor;

  LoopScheduler() {
    executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads("agentcraft-loop"));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(guarded(task));
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Future<?> future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  void shutdown() {
    executor.shutdown();
  }

  /** All clients share this thread: a task that throws must leave a trace, not take the thread away. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable bug) {
        LOG.error(
            "A task of the connection loop failed. This is a bug in the AgentCraft client.", bug);
      }
    };
  }
}
