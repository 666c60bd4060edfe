package io.agentcraft.client.internal.dispatch;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits in a {@link CallbackQueue}, and what of it may run next. Guarded by the queue's lock. */
final class Backlog {

  private record Entry(Runnable task, boolean bounded) {}

  private final int bound;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final ArrayDeque<Runnable> urgent = new ArrayDeque<>();
  private int boundedEntries;
  private int holds;
  private boolean closed;

  Backlog(int bound) {
    this.bound = bound;
  }

  void add(Runnable task) {
    entries.add(new Entry(task, false));
  }

  void addBounded(Runnable task) {
    entries.add(new Entry(task, true));
    boundedEntries++;
  }

  /** Adds what goes before all others, also during a hold. */
  void addNext(Runnable task) {
    urgent.add(task);
  }

  boolean isFull() {
    return boundedEntries >= bound;
  }

  /** Drops the oldest of those that are bounded. */
  void dropOldest() {
    for (var all = entries.iterator(); all.hasNext(); ) {
      if (all.next().bounded()) {
        all.remove();
        boundedEntries--;
        return;
      }
    }
  }

  /** Keeps back what waits, until each hold is released. */
  void hold() {
    holds++;
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

  @Nullable
  Runnable next() {
    if (!hasNext()) {
      return null;
    }
    if (!urgent.isEmpty()) {
      return urgent.remove();
    }
    Entry entry = entries.remove();
    boundedEntries -= entry.bounded() ? 1 : 0;
    return entry.task();
  }

  int size() {
    return entries.size();
  }

  /** Forgets everything, and returns what was to go before all others. */
  List<Runnable> clear() {
    List<Runnable> urgentOnes = List.copyOf(urgent);
    entries.clear();
    urgent.clear();
    boundedEntries = 0;
    return urgentOnes;
  }
}
