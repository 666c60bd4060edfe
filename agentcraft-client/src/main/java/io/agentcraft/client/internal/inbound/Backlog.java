package io.agentcraft.client.internal.inbound;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a {@link CallbackBuffer}, and what of it may run next. Guarded by the queue's lock, but for the messages
 * that the runner took along in a {@link Batch}.
 */
final class Backlog {

  /** The part of the queue that is taken along at once, and that has to be free before it is worth waking a reader. */
  private static final int PART = 8;

  private final int bound;
  private final long mostChars;
  private final ArrayDeque<Runnable> entries = new ArrayDeque<>();
  private final ArrayDeque<Runnable> urgent = new ArrayDeque<>();
  private final Batch batch;
  private int boundedEntries;
  private long chars;
  private int holds;
  private boolean closed;

  private Backlog(int bound, long mostChars, int largestBatch) {
    this.bound = bound;
    this.mostChars = mostChars;
    this.batch = new Batch(largestBatch);
  }

  /** An empty one whose readers wait when it is full: of messages, or of text. */
  static Backlog forWaiting(int bound, long mostChars) {
    return new Backlog(bound, mostChars, bound / PART);
  }

  /** An empty one whose oldest messages are dropped when it is full of them. What is taken along could not be. */
  static Backlog forDropping(int bound) {
    return new Backlog(bound, Long.MAX_VALUE, 0);
  }

  void add(Runnable task) {
    entries.add(task);
  }

  void addBounded(BoundedTask task) {
    entries.add(task);
    count(task, 1);
  }

  /** Adds what goes before all others, also during a hold. */
  void addNext(Runnable task) {
    urgent.add(task);
    batch.stop();
  }

  boolean isFull() {
    return waiting() >= bound || isFullOfText();
  }

  boolean isFullOfText() {
    return chars >= mostChars;
  }

  /** Tells whether there is room for many more messages. */
  boolean isRoomy() {
    return bound - waiting() >= Math.max(1, bound / PART) && chars <= mostChars - mostChars / PART;
  }

  /** Drops the oldest of those that are bounded. */
  void dropOldest() {
    for (var all = entries.iterator(); all.hasNext(); ) {
      if (all.next() instanceof BoundedTask oldest) {
        all.remove();
        count(oldest, -1);
        return;
      }
    }
  }

  /** Keeps back what waits, until each hold is released. */
  void hold() {
    holds++;
    batch.stop();
  }

  void release() {
    holds--;
  }

  /** From now on nothing is kept back. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  boolean hasNext() {
    return !urgent.isEmpty() || (!entries.isEmpty() && (holds == 0 || closed));
  }

  /** Takes what runs next, and messages that follow it into the batch. */
  @Nullable
  Runnable next() {
    if (!urgent.isEmpty()) {
      return urgent.remove();
    }
    if (holds > 0 && !closed) {
      putBack();
      return null;
    }
    BoundedTask taken = batch.goOn();
    return taken != null ? taken : nextEntry();
  }

  private @Nullable Runnable nextEntry() {
    Runnable first = entries.poll();
    if (first instanceof BoundedTask message) {
      count(message, -1);
    }
    while (batch.hasRoom() && entries.peek() instanceof BoundedTask message) {
      entries.remove();
      count(message, -1);
      batch.add(message);
    }
    return first;
  }

  /** Takes the next of the batch, by the runner and without the lock; {@code null} if {@link #next()} has to tell. */
  @Nullable
  Runnable nextOfBatch() {
    return batch.poll();
  }

  /** Empties the batch, by the runner: what is in it waits as if it had never been taken. */
  void putBack() {
    for (BoundedTask last = batch.giveBack(); last != null; last = batch.giveBack()) {
      entries.addFirst(last);
      count(last, 1);
    }
  }

  int size() {
    return entries.size() + batch.size();
  }

  /** Forgets everything, and returns what was to go before all others. */
  List<Runnable> clear() {
    List<Runnable> urgentOnes = List.copyOf(urgent);
    entries.clear();
    urgent.clear();
    boundedEntries = 0;
    chars = 0;
    return urgentOnes;
  }

  private int waiting() {
    return boundedEntries + batch.size();
  }

  private void count(BoundedTask task, int change) {
    boundedEntries += change;
    chars += (long) change * task.chars();
  }
}
