package io.agentcraft.client.internal.connection;

import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that can be started again: at most one task waits. Confined to the event loop. */
public final class LoopTimer {

  private final EventLoop loop;
  private Scheduler.@Nullable Timer pending;

  public LoopTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs a task on the loop after a delay, in place of the one that waits. */
  public void start(Duration delay, Runnable task) {
    stop();
    pending = loop.schedule(delay, () -> {
      pending = null;
      task.run();
    });
  }

  /** Forgets the task that waits, if there is one. */
  public void stop() {
    if (pending != null) {
      pending.cancel();
      pending = null;
    }
  }

  /** Returns whether a task waits. */
  public boolean isRunning() {
    return pending != null;
  }
}
