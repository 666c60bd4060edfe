package io.agentcraft.client.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collections that evict old entries when they are full, and copy themselves for snapshots. Not thread-safe. */
final class BoundedCollections {

  private BoundedCollections() {}

  /** Values by key, in insertion order. When full, the least recently updated entry is evicted. */
  static final class LruMap<V> {

    private final int maxSize;
    private final Map<String, V> entries = new LinkedHashMap<>();
    // The same keys by recency: a display needs a stable order, eviction needs another one.
    private final Map<String, Boolean> recency = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Map<String, V> copy;
    private long evicted;

    LruMap(int maxSize) {
      this.maxSize = maxSize;
    }

    @Nullable
    V get(String key) {
      return entries.get(key);
    }

    void put(String key, V value) {
      entries.put(key, value);
      recency.put(key, true);
      copy = null;
      if (entries.size() > maxSize) {
        String oldest = recency.keySet().iterator().next();
        remove(oldest);
        evicted++;
      }
    }

    void remove(String key) {
      entries.remove(key);
      recency.remove(key);
      copy = null;
    }

    void removeIf(Predicate<V> predicate) {
      entries.values().removeIf(predicate);
      recency.keySet().retainAll(entries.keySet());
      copy = null;
    }

    Collection<V> values() {
      return entries.values();
    }

    /** Replaces the value of an existing key. This does not count as an update. */
    void replace(String key, V value) {
      entries.replace(key, value);
      copy = null;
    }

    /** Replaces all values. This does not count as an update. */
    void replaceAll(UnaryOperator<V> change) {
      entries.replaceAll((key, value) -> change.apply(value));
      copy = null;
    }

    long evicted() {
      return evicted;
    }

    Map<String, V> snapshot() {
      if (copy == null) {
        copy = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      }
      return copy;
    }
  }

  /** The most recent elements, newest last. */
  static final class RecentList<E> {

    private final int maxSize;
    private Deque<E> elements = new ArrayDeque<>();
    private @Nullable List<E> copy;

    RecentList(int maxSize) {
      this.maxSize = maxSize;
    }

    /** Adds an element and returns the one evicted for it, or {@code null}. */
    @Nullable
    E add(E element) {
      elements.addLast(element);
      copy = null;
      return elements.size() > maxSize ? elements.removeFirst() : null;
    }

    void replaceAll(UnaryOperator<E> change) {
      List<E> changed = new ArrayList<>(elements);
      changed.replaceAll(change);
      elements = new ArrayDeque<>(changed);
      copy = null;
    }

    List<E> snapshot() {
      if (copy == null) {
        copy = List.copyOf(elements);
      }
      return copy;
    }
  }
}
