package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.runtime.LoopTasks;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes updates from any thread and hands them to the loop, which is woken once for many. */
final class Intake {

  private final Scheduler scheduler;
  private final Runnable wake;
  private final Queue<Publication> taken = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean wakeAsked = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Makes an intake.
   *
   * @param wake runs on the loop when there is something to {@link #drain()}
   */
  Intake(Scheduler scheduler, Runnable wake) {
    this.scheduler = scheduler;
    this.wake = wake;
  }

  void offer(Publication publication) {
    if (closed) {
      fail(publication);
      return;
    }
    taken.add(publication);
    if (closed) {
      // Whoever closed may have drained before this one came. If not, it is theirs to end.
      if (taken.remove(publication)) {
        fail(publication);
      }
    } else if (!wakeAsked.get()
        && wakeAsked.compareAndSet(false, true)
        && !LoopTasks.post(scheduler, wake)) {
      wakeAsked.set(false);
      drain().forEach(Intake::fail);
    }
  }

  /** Returns what was taken since the last call. Called on the loop. */
  List<Publication> drain() {
    wakeAsked.set(false);
    List<Publication> drained = new ArrayList<>();
    for (Publication next = taken.poll(); next != null; next = taken.poll()) {
      drained.add(next);
    }
    return drained;
  }

  /** Takes no more. What was taken before is there to be drained once more. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  private static void fail(Publication publication) {
    publication
        .receipt()
        .completeExceptionally(new ClientClosedException("The update was not published"));
  }
}
