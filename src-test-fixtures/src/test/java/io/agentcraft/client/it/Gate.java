package io.agentcraft.client.it;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A scheduler that, while it is shut, holds back what other threads bring it; timers run on. */
final class Gate implements Scheduler {

  private final Scheduler inner;
  private final LinkedBlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
  private final CountDownLatch arrival = new CountDownLatch(1);
  private volatile boolean shut;

  Gate(Scheduler inner) {
    this.inner = inner;
  }

  void shut() {
    shut = true;
  }

  /** Waits until something was held back. */
  void awaitHeld() {
    Await.latch(arrival);
  }

  void open() {
    shut = false;
    held.forEach(inner::execute);
    held.clear();
  }

  @Override
  public void execute(Runnable task) {
    if (shut) {
      held.add(task);
      arrival.countDown();
    } else {
      inner.execute(task);
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return inner.schedule(delay, task);
  }

  @Override
  public long nanoTime() {
    return inner.nanoTime();
  }

  @Override
  public Instant now() {
    return inner.now();
  }
}
