package io.agentcraft.client.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The newest entries, newest last. Confined. */
final class RecentEntries<E> {

  private final int bound;
  private Deque<E> entries = new ArrayDeque<>();
  private @Nullable List<E> copy;

  RecentEntries(int bound) {
    this.bound = bound;
  }

  /** Adds an entry; returns what had to go for it. */
  @Nullable
  E add(E entry) {
    entries.addLast(entry);
    copy = null;
    return entries.size() > bound ? entries.removeFirst() : null;
  }

  void replaceAll(UnaryOperator<E> change) {
    List<E> changed = new ArrayList<>(entries);
    changed.replaceAll(change);
    entries = new ArrayDeque<>(changed);
    copy = null;
  }

  List<E> snapshot() {
    if (copy == null) {
      copy = List.copyOf(entries);
    }
    return copy;
  }
}
