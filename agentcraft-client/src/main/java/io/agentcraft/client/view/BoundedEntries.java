package io.agentcraft.client.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Entries by key in the order of their first coming; when full, what was updated longest ago goes. Confined. */
final class BoundedEntries<V> {

  private final int bound;
  private final Map<String, V> entries = new LinkedHashMap<>();
  // The same keys by recency: a display wants a stable order, dropping wants another one.
  private final Map<String, Boolean> recency = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Map<String, V> copy;
  private long dropped;

  BoundedEntries(int bound) {
    this.bound = bound;
  }

  @Nullable
  V get(String key) {
    return entries.get(key);
  }

  void put(String key, V value) {
    entries.put(key, value);
    recency.put(key, true);
    copy = null;
    if (entries.size() > bound) {
      String oldest = recency.keySet().iterator().next();
      remove(oldest);
      dropped++;
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

  /** Replaces the value of a key that is there without touching its recency. */
  void replace(String key, V value) {
    entries.replace(key, value);
    copy = null;
  }

  /** Replaces values without touching their recency. */
  void replaceAll(UnaryOperator<V> change) {
    entries.replaceAll((key, value) -> change.apply(value));
    copy = null;
  }

  long dropped() {
    return dropped;
  }

  Map<String, V> snapshot() {
    if (copy == null) {
      copy = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
    return copy;
  }
}
