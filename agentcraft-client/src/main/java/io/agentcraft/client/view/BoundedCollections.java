package io.agentcraft.client.view;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
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

  /** Values by key, in insertion order. When full, the least recently updated entry is evicted. */
  static final class LruMap<K, V> {

    private final int maxSize;
    private final ToLongFunction<V> sizeOf;
    private final LongSupplier updates;
    private final Map<K, V> entries = new LinkedHashMap<>();
    // The same keys by recency: a display needs a stable order, eviction needs another one.
    private final Map<K, Long> recency = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Map<K, V> copy;
    private @Nullable List<V> listCopy;
    private long chars;
    private long evicted;

    /**
     * Creates an empty map.
     *
     * @param updates gives each update a higher number than those before it, also in other maps
     */
    LruMap(int maxSize, ToLongFunction<V> sizeOf, LongSupplier updates) {
      this.maxSize = maxSize;
      this.sizeOf = sizeOf;
      this.updates = updates;
    }

    @Nullable
    V get(K key) {
      return entries.get(key);
    }

    /** Puts an entry and returns the value evicted for it, or {@code null}. */
    @Nullable
    V put(K key, V value) {
      changed(entries.put(key, value), value);
      recency.put(key, updates.getAsLong());
      return entries.size() > maxSize ? evict(recency.keySet().iterator().next()) : null;
    }

    void remove(K key) {
      changed(entries.remove(key), null);
      recency.remove(key);
    }

    /** Removes an entry for which there is no room, and returns its value. */
    @Nullable
    V evict(K key) {
      V value = entries.get(key);
      remove(key);
      evicted++;
      return value;
    }

    /** Returns the present values. */
    Collection<V> values() {
      return Collections.unmodifiableCollection(entries.values());
    }

    /** Replaces the value of an existing key. This does not count as an update. */
    void replace(K key, V value) {
      changed(entries.replace(key, value), value);
    }

    /** Replaces all values by some of the same size. This does not count as an update. */
    void replaceAll(UnaryOperator<V> change) {
      entries.replaceAll((key, value) -> change.apply(value));
      copy = null;
      listCopy = null;
    }

    /** Passes on all entries, with the number of their last update. */
    void forEach(EntryConsumer<K, V> action) {
      recency.forEach((key, update) -> {
        V value = entries.get(key);
        if (value != null) {
          action.accept(key, value, update);
        }
      });
    }

    /** Returns the size of all values. */
    long chars() {
      return chars;
    }

    long evicted() {
      return evicted;
    }

    Map<K, V> snapshot() {
      if (copy == null) {
        copy = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      }
      return copy;
    }

    List<V> list() {
      if (listCopy == null) {
        listCopy = List.copyOf(entries.values());
      }
      return listCopy;
    }

    private void changed(@Nullable V before, @Nullable V after) {
      chars += (after == null ? 0 : sizeOf.applyAsLong(after))
          - (before == null ? 0 : sizeOf.applyAsLong(before));
      copy = null;
      listCopy = null;
    }
  }

  /** The most recent elements, newest last. */
  static final class RecentList<E> {

    private final LruMap<Long, E> elements;
    private long next;

    RecentList(int maxSize, ToLongFunction<E> sizeOf, LongSupplier updates) {
      this.elements = new LruMap<>(maxSize, sizeOf, updates);
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
