package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.connection.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes updates from any thread and hands them to the loop, which is woken once for many. What the loop has not taken yet
 * gives way to a newer update of the same agent, so that no flood of them fills the memory. The lock is held for a few
 * assignments.
 */
final class Intake {

  private final EventLoop loop;
  private final Runnable wake;

  // Guarded by this.
  private List<Publication> taken = new ArrayList<>();
  /** Where the newest update of each agent is, if it is not to be kept. */
  private final Map<String, Integer> replaceable = new HashMap<>();

  private boolean wakeAsked;
  private boolean closed;

  /**
   * Makes an intake.
   *
   * @param wake runs on the loop when there is something to {@link #drain()}
   */
  Intake(EventLoop scheduler, Runnable wake) {
    this.loop = scheduler;
    this.wake = wake;
  }

  /**
   * Takes an update, or fails it.
   *
   * @return the update whose place it takes
   */
  @Nullable
  Publication offer(Publication publication) {
    Publication replaced = null;
    boolean refused;
    boolean wakes;
    synchronized (this) {
      refused = closed;
      if (!refused) {
        replaced = put(publication);
      }
      wakes = !refused && !wakeAsked;
      wakeAsked |= wakes;
    }
    if (refused) {
      fail(publication);
    } else if (wakes && !loop.post(wake)) {
      drain().forEach(Intake::fail);
    }
    return replaced;
  }

  private @Nullable Publication put(Publication publication) {
    String agentId = publication.agentId();
    if (publication.kept()) {
      // It stays where it is, and what comes after it stays behind it.
      replaceable.remove(agentId);
    } else {
      Integer place = replaceable.putIfAbsent(agentId, taken.size());
      if (place != null) {
        return taken.set(place, publication);
      }
    }
    taken.add(publication);
    return null;
  }

  /** Returns what was taken since the last call. Called on the loop. */
  synchronized List<Publication> drain() {
    List<Publication> drained = taken;
    taken = new ArrayList<>();
    replaceable.clear();
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
