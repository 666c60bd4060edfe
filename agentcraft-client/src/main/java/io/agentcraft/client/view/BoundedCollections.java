package io.agentcraft.client.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collections that evict old entries when they are full, know their size in characters, and copy themselves for snapshots.
 * Not thread-safe.
 */
final class BoundedCollections {

  private BoundedCollections() {}

  /** Takes an entry, and the number of its last update. */
  @FunctionalInterface
  interface EntryConsumer<K, V> {
    void accept(K key, V value, long update);
  }

  /** What the collections of one board share: a number for each update, and the size of all. */
  static final class Tally {

    private long updates;
    private long chars;

    /** Returns the size of all values in all collections. */
    long chars() {
      return chars;
    }
  }

  /** Values by key, in insertion order. When full, the least recently updated entry is evicted. */
  static final class LruMap<K, V> {

    private final int maxSize;
    private final ToLongFunction<V> sizeOf;
    private final Tally tally;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
    // The same entries by recency: a display needs a stable order, eviction needs another one.
    private final Map<K, Entry<V>> recency = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Map<K, V> copy;
    private @Nullable List<V> listCopy;
    private long evicted;

    /** A value, the number of its last update, and its size. */
    private static final class Entry<V> {

      private V value;
      private long update;
      private long chars;

      private Entry(V value) {
        this.value = value;
      }
    }

    /** Creates an empty map. */
    LruMap(int maxSize, ToLongFunction<V> sizeOf, Tally tally) {
      this.maxSize = maxSize;
      this.sizeOf = sizeOf;
      this.tally = tally;
    }

    @Nullable
    V get(K key) {
      Entry<V> entry = entries.get(key);
      return entry == null ? null : entry.value;
    }

    /** Puts an entry and returns the value evicted for it, or {@code null}. */
    @Nullable
    V put(K key, V value) {
      // Looking it up makes it the most recent one.
      Entry<V> entry = recency.get(key);
      if (entry == null) {
        entry = new Entry<>(value);
        entries.put(key, entry);
        recency.put(key, entry);
      }
      entry.update = ++tally.updates;
      change(entry, value);
      return entries.size() > maxSize ? evict(recency.keySet().iterator().next()) : null;
    }

    void remove(K key) {
      Entry<V> entry = entries.remove(key);
      recency.remove(key);
      if (entry != null) {
        tally.chars -= entry.chars;
        changed();
      }
    }

    /** Removes an entry for which there is no room, and returns its value. */
    @Nullable
    V evict(K key) {
      V value = get(key);
      remove(key);
      evicted++;
      return value;
    }

    /** Returns the present values. */
    List<V> values() {
      List<V> values = new ArrayList<>(entries.size());
      entries.values().forEach(entry -> values.add(entry.value));
      return Collections.unmodifiableList(values);
    }

    /** Replaces the value of an existing key. This does not count as an update. */
    void replace(K key, V value) {
      Entry<V> entry = entries.get(key);
      if (entry != null) {
        change(entry, value);
      }
    }

    /** Replaces all values by some of the same size. This does not count as an update. */
    void replaceAll(UnaryOperator<V> change) {
      entries.values().forEach(entry -> entry.value = change.apply(entry.value));
      changed();
    }

    /** Passes on all entries, with the number of their last update. */
    void forEach(EntryConsumer<K, V> action) {
      recency.forEach((key, entry) -> action.accept(key, entry.value, entry.update));
    }

    long evicted() {
      return evicted;
    }

    Map<K, V> snapshot() {
      if (copy == null) {
        Map<K, V> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value));
        copy = Collections.unmodifiableMap(values);
      }
      return copy;
    }

    List<V> list() {
      if (listCopy == null) {
        listCopy = values();
      }
      return listCopy;
    }

    private void change(Entry<V> entry, V value) {
      long chars = sizeOf.applyAsLong(value);
      tally.chars += chars - entry.chars;
      entry.chars = chars;
      entry.value = value;
      changed();
    }

    private void changed() {
      copy = null;
      listCopy = null;
    }
  }

  /** The most recent elements, newest last. */
  static final class RecentList<E> {

    private final LruMap<Long, E> elements;
    private long next;

    RecentList(int maxSize, ToLongFunction<E> sizeOf, Tally tally) {
      this.elements = new LruMap<>(maxSize, sizeOf, tally);
    }

    /** Adds an element and returns the one evicted for it, or {@code null}. */
    @Nullable
    E add(E element) {
      return elements.put(next++, element);
    }

    /** Returns the elements, each with a number of its own. */
    LruMap<Long, E> numbered() {
      return elements;
    }

    List<E> snapshot() {
      return elements.list();
    }
  }
}
