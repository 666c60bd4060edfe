package io.agentcraft.client.it;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A scheduler that holds back, while it is paused, what is executed; timers go on. */
final class PausableScheduler implements Scheduler {

  private final Scheduler inner;
  private final LinkedBlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
  private final CountDownLatch arrival = new CountDownLatch(1);
  private volatile boolean paused;

  PausableScheduler(Scheduler inner) {
    this.inner = inner;
  }

  void pause() {
    paused = true;
  }

  /** Waits until something was held back. */
  void awaitHeld() {
    Await.latch(arrival);
  }

  void resume() {
    paused = false;
    held.forEach(inner::execute);
    held.clear();
  }

  @Override
  public void execute(Runnable task) {
    if (paused) {
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
