package io.agentcraft.client.internal.inbound;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is buffered in a {@link CallbackBuffer}, and what of it may run next. Guarded by the buffer's lock, except for the
 * messages that the runner took along in a {@link Batch}.
 */
final class Backlog {

  /** The fraction of the buffer that is taken along at once, and that must be free before waking a reader pays. */
  private static final int FRACTION = 8;

  private final int bound;
  private final long maxChars;
  private final ArrayDeque<Runnable> entries = new ArrayDeque<>();
  private final ArrayDeque<Runnable> first = new ArrayDeque<>();
  private final Batch batch;
  private int messages;
  private long chars;
  private int holds;
  private boolean closed;

  private Backlog(int bound, long maxChars, int maxBatch) {
    this.bound = bound;
    this.maxChars = maxChars;
    this.batch = new Batch(maxBatch);
  }

  /** Creates a backlog whose readers block when it is full, of messages or of text. */
  static Backlog blocking(int bound, long maxChars) {
    return new Backlog(bound, maxChars, bound / FRACTION);
  }

  /** Creates a backlog whose oldest messages are dropped when it is full. A batch could not be dropped, so it has none. */
  static Backlog dropping(int bound, long maxChars) {
    return new Backlog(bound, maxChars, 0);
  }

  void add(Runnable callback) {
    entries.add(callback);
  }

  void addMessage(CallbackBuffer.Message message) {
    entries.add(message);
    count(message, 1);
  }

  /** Adds a callback that runs before all others, also during a hold. */
  void addFirst(Runnable callback) {
    first.add(callback);
    batch.interrupt();
  }

  boolean isFull() {
    return waiting() >= bound || isFullOfText();
  }

  boolean isFullOfText() {
    return chars >= maxChars;
  }

  boolean isFullOfTextFor(CallbackBuffer.Message message) {
    return chars + message.chars() > maxChars;
  }

  /** Returns whether there is room for many more messages. */
  boolean isRoomy() {
    return bound - waiting() >= Math.max(1, bound / FRACTION)
        && chars <= maxChars - maxChars / FRACTION;
  }

  /** Drops the oldest messages until there is room for another one; returns how many. */
  int makeRoomFor(CallbackBuffer.Message message) {
    int dropped = 0;
    while (messages > 0 && (messages >= bound || isFullOfTextFor(message))) {
      dropOldest();
      dropped++;
    }
    return dropped;
  }

  private void dropOldest() {
    for (var all = entries.iterator(); all.hasNext(); ) {
      if (all.next() instanceof CallbackBuffer.Message oldest) {
        all.remove();
        count(oldest, -1);
        return;
      }
    }
  }

  /** Runs nothing more until each hold is released. */
  void hold() {
    holds++;
    batch.interrupt();
  }

  void release() {
    holds--;
  }

  /** From now on holds count no more. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  boolean hasNext() {
    return !first.isEmpty() || (!entries.isEmpty() && !isHeld());
  }

  /** Takes what runs next, and moves the messages that follow it into the batch. */
  @Nullable
  Runnable next() {
    if (!first.isEmpty()) {
      return first.remove();
    }
    if (isHeld()) {
      returnBatch();
      return null;
    }
    CallbackBuffer.Message taken = batch.resume();
    return taken != null ? taken : nextEntry();
  }

  private boolean isHeld() {
    return holds > 0 && !closed;
  }

  private @Nullable Runnable nextEntry() {
    Runnable next = entries.poll();
    if (next instanceof CallbackBuffer.Message message) {
      count(message, -1);
    }
    while (entries.peek() instanceof CallbackBuffer.Message message && batch.hasRoomFor(message)) {
      entries.remove();
      count(message, -1);
      batch.add(message);
    }
    return next;
  }

  /** Takes the next message of the batch, on the runner's thread without the lock; {@code null} if {@link #next()} decides. */
  @Nullable
  Runnable nextOfBatch() {
    return batch.poll();
  }

  /** Puts the messages of the batch back, on the runner's thread, as if they had never been taken. */
  void returnBatch() {
    for (CallbackBuffer.Message last = batch.pollLast(); last != null; last = batch.pollLast()) {
      entries.addFirst(last);
      count(last, 1);
    }
  }

  int size() {
    return entries.size() + batch.size();
  }

  /** Removes everything, and returns the callbacks that were to run first. */
  List<Runnable> clear() {
    List<Runnable> remaining = List.copyOf(first);
    entries.clear();
    first.clear();
    messages = 0;
    chars = 0;
    return remaining;
  }

  private int waiting() {
    return messages + batch.size();
  }

  private void count(CallbackBuffer.Message message, int change) {
    messages += change;
    chars += change * message.chars();
  }

  /**
   * Messages that the runner took along, so that it need not take the lock for each. They still count as buffered. Filled
   * under the buffer's lock, emptied by the runner without it.
   */
  private static final class Batch {

    private static final int MAX_MESSAGES = 64;
    private static final int MAX_CHARS = 64 << 10;

    private final int maxMessages;
    private final ArrayDeque<CallbackBuffer.Message> taken = new ArrayDeque<>();
    private final AtomicInteger size = new AtomicInteger();
    private long chars;
    private volatile boolean interrupted;

    Batch(int max) {
      maxMessages = Math.min(max, MAX_MESSAGES);
    }

    boolean hasRoomFor(CallbackBuffer.Message message) {
      return taken.size() < maxMessages && chars + message.chars() <= MAX_CHARS;
    }

    void add(CallbackBuffer.Message message) {
      taken.add(message);
      chars += message.chars();
      size.lazySet(taken.size());
    }

    /** Takes the next message; {@code null} while interrupted. */
    CallbackBuffer.@Nullable Message poll() {
      return interrupted ? null : removed(taken.poll());
    }

    /** Has the runner look under the lock for what comes first now. Any thread, under the lock. */
    void interrupt() {
      interrupted = true;
    }

    CallbackBuffer.@Nullable Message resume() {
      interrupted = false;
      return poll();
    }

    /** Takes the last message, to put it back; {@code null} once the batch is empty and ready for more. */
    CallbackBuffer.@Nullable Message pollLast() {
      interrupted = false;
      return removed(taken.pollLast());
    }

    /** Returns how many messages are left. Any thread. */
    int size() {
      return size.get();
    }

    private CallbackBuffer.@Nullable Message removed(CallbackBuffer.@Nullable Message message) {
      if (message != null) {
        chars -= message.chars();
        // A reader that waits for room looks again after a while: no fence is needed for each
        // message.
        size.lazySet(taken.size());
      }
      return message;
    }
  }
}
