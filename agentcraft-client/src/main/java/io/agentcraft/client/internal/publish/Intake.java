package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.runtime.LoopTasks;
import io.agentcraft.client.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes updates from any thread and hands them to the loop, which is woken once for many. What the loop has not taken yet
 * gives way to a newer update of the same agent, so that no flood of them fills the memory. The lock is held for a few
 * assignments.
 */
final class Intake {

  private final Scheduler scheduler;
  private final Runnable wake;

  // Guarded by this.
  private List<Publication> taken = new ArrayList<>();
  private long round;
  private boolean wakeAsked;
  private boolean closed;

  /** Where an agent's newest update waits, if it is not to be kept. Guarded by the intake. */
  static final class Place {

    private long round = -1;
    private int index;
  }

  /**
   * Makes an intake.
   *
   * @param wake runs on the loop when there is something to {@link #drain()}
   */
  Intake(Scheduler scheduler, Runnable wake) {
    this.scheduler = scheduler;
    this.wake = wake;
  }

  /**
   * Takes an update, or fails it.
   *
   * @param place the agent's
   * @return the update whose place it takes
   */
  @Nullable
  Publication offer(Publication publication, Place place) {
    Publication replaced = null;
    boolean refused;
    boolean wakes;
    synchronized (this) {
      refused = closed;
      if (!refused) {
        replaced = put(publication, place);
      }
      wakes = !refused && !wakeAsked;
      wakeAsked |= wakes;
    }
    if (refused) {
      fail(publication);
    } else if (wakes && !LoopTasks.post(scheduler, wake)) {
      drain().forEach(Intake::fail);
    }
    return replaced;
  }

  private @Nullable Publication put(Publication publication, Place place) {
    if (!publication.kept() && place.round == round) {
      return taken.set(place.index, publication);
    }
    // What is kept stays where it is, and what comes after it stays behind it.
    place.round = publication.kept() ? -1 : round;
    place.index = taken.size();
    taken.add(publication);
    return null;
  }

  /** Returns what was taken since the last call. Called on the loop. */
  synchronized List<Publication> drain() {
    List<Publication> drained = taken;
    taken = new ArrayList<>();
    round++;
    wakeAsked = false;
    return drained;
  }

  /** Takes no more. What was taken before is there to be drained once more. */
  synchronized void close() {
    closed = true;
  }

  private static void fail(Publication publication) {
    publication
        .receipt()
        .completeExceptionally(new ClientClosedException("The update was not published"));
  }
}
