package io.agentcraft.client.internal.connection;

import io.agentcraft.client.time.Scheduler;
import java.util.concurrent.RejectedExecutionException;

/** Hands tasks to a loop that may be gone, because its last client is closed. */
public final class LoopTasks {

  private LoopTasks() {}

  /** Returns {@code false} if the loop is gone, so that the task never runs. */
  public static boolean post(Scheduler scheduler, Runnable task) {
    try {
      scheduler.execute(task);
      return true;
    } catch (RejectedExecutionException gone) {
      return false;
    }
  }
}
