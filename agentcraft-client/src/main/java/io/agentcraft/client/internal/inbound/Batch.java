package io.agentcraft.client.internal.inbound;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Messages that the runner of a {@link CallbackBuffer} took along, so that it need not take the lock for each: they still
 * wait, and count as such. Filled under the queue's lock, emptied by the runner without it.
 */
final class Batch {

  private static final int MOST_MESSAGES = 64;
  private static final int MOST_CHARS = 64 << 10;

  private final int mostMessages;
  private final ArrayDeque<BoundedTask> tasks = new ArrayDeque<>();
  private final AtomicInteger size = new AtomicInteger();
  private int chars;
  private volatile boolean stopped;

  /**
   * Makes an empty one.
   *
   * @param most the largest part of the queue that it may take, in messages; 0 for none
   */
  Batch(int most) {
    mostMessages = Math.min(most, MOST_MESSAGES);
  }

  boolean hasRoom() {
    return tasks.size() < mostMessages && chars < MOST_CHARS;
  }

  void add(BoundedTask task) {
    tasks.add(task);
    chars += task.chars();
    size.lazySet(tasks.size());
  }

  /** Takes the next to run; none while it has to stop. */
  @Nullable
  BoundedTask poll() {
    return stopped ? null : shrunk(tasks.poll());
  }

  /** Lets the runner look under the lock what comes first now. By any thread, under the lock. */
  void stop() {
    stopped = true;
  }

  /** Takes the next, which comes first after all. */
  @Nullable
  BoundedTask goOn() {
    stopped = false;
    return poll();
  }

  /** Takes the last of what is left, to put it back; {@code null} once it is empty, and ready for more. */
  @Nullable
  BoundedTask giveBack() {
    stopped = false;
    return shrunk(tasks.pollLast());
  }

  /** Returns how many are left. By any thread. */
  int size() {
    return size.get();
  }

  private @Nullable BoundedTask shrunk(@Nullable BoundedTask taken) {
    if (taken != null) {
      chars -= taken.chars();
      // Whoever waits for room looks again after a while: no fence is needed for each message.
      size.lazySet(tasks.size());
    }
    return taken;
  }
}
