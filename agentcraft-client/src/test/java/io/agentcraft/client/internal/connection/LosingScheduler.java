package io.agentcraft.client.internal.connection;

import io.agentcraft.client.time.Scheduler;
import io.agentcraft.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A manual scheduler that ends without running what it has accepted. */
final class LosingScheduler implements Scheduler {

  final ManualScheduler manual = ManualScheduler.inline();

  /** Completes when a task is lost. */
  final CompletableFuture<Void> lost = new CompletableFuture<>();

  volatile boolean losing;
  volatile boolean ended;

  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("ended");
    } else if (losing) {
      lost.complete(null);
    } else {
      manual.execute(task);
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return manual.schedule(delay, task);
  }

  @Override
  public long nanoTime() {
    return manual.nanoTime();
  }

  @Override
  public Instant now() {
    return manual.now();
  }
}
