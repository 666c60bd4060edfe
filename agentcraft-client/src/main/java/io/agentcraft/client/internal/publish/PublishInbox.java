package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.internal.connection.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands updates from any thread to the loop, which is woken once for many. An update that the loop has not taken yet is
 * replaced by a newer one of the same lane, so that publishing faster than the loop runs does not fill the memory. The
 * lock is held for a few assignments.
 */
final class PublishInbox {

  private final EventLoop loop;
  private final Runnable wake;
  private final Consumer<Publication> onReplaced;

  // Guarded by this.
  private List<Publication> updates = new ArrayList<>();
  /** The index of each lane's newest update, unless that one is required. */
  private final Map<String, Integer> replaceable = new HashMap<>();

  private boolean woken;
  private boolean closed;

  /**
   * Creates an inbox.
   *
   * @param wake runs on the loop when there is something to {@link #drain()}
   * @param onReplaced takes an update that was replaced, while the inbox is locked: before {@link #close()} returns
   */
  PublishInbox(EventLoop loop, Runnable wake, Consumer<Publication> onReplaced) {
    this.loop = loop;
    this.wake = wake;
    this.onReplaced = onReplaced;
  }

  /**
   * Adds an update, or fails it if the inbox is closed.
   *
   * @return the update that it replaces
   */
  @Nullable
  Publication offer(Publication publication) {
    Publication replaced = null;
    boolean refused;
    boolean wakes;
    synchronized (this) {
      refused = closed;
      if (!refused) {
        replaced = add(publication);
        if (replaced != null) {
          onReplaced.accept(replaced);
        }
      }
      wakes = !refused && !woken;
      woken |= wakes;
    }
    if (refused) {
      fail(publication);
    } else if (wakes && !loop.post(wake)) {
      drain().forEach(PublishInbox::fail);
    }
    return replaced;
  }

  private @Nullable Publication add(Publication publication) {
    String lane = publication.lane();
    if (publication.required()) {
      // Nothing newer may replace it, or an update before it.
      replaceable.remove(lane);
    } else {
      Integer index = replaceable.putIfAbsent(lane, updates.size());
      if (index != null) {
        return updates.set(index, publication);
      }
    }
    updates.add(publication);
    return null;
  }

  /** Removes and returns all updates. Called on the loop. */
  synchronized List<Publication> drain() {
    List<Publication> drained = updates;
    updates = new ArrayList<>();
    replaceable.clear();
    woken = false;
    return drained;
  }

  /** Accepts no more updates. Those accepted before can still be drained. */
  synchronized void close() {
    closed = true;
  }

  private static void fail(Publication publication) {
    publication
        .receipt()
        .completeExceptionally(new ClientClosedException("The update was not published"));
  }
}
