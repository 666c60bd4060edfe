package io.agentcraft.client.internal.publish;

import io.agentcraft.client.time.Scheduler;
import java.util.concurrent.RejectedExecutionException;

/** Hands tasks to a loop that may be gone. */
final class LoopTasks {

  private LoopTasks() {}

  static boolean post(Scheduler scheduler, Runnable task) {
    try {
      scheduler.execute(task);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }
}
