package io.agentcraft.client.internal.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object in the order of its fields: an array, since most have few, with an index where there are many. */
public final class ImmutableMap extends AbstractMap<String, @Nullable Object>
    implements ImmutableJson {

  /** Up to so many fields are looked through one by one. */
  private static final int FEW = 8;

  private static final ImmutableMap EMPTY = new ImmutableMap(new Builder());

  /** Names and values in turn, and nothing behind the last. */
  private final @Nullable Object[] flat;

  private final int size;
  private final int depth;
  private final @Nullable Map<String, Integer> index;

  private ImmutableMap(Builder fields) {
    this.flat = fields.flat;
    this.size = fields.size;
    this.depth = fields.depth;
    this.index = fields.index;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return find(flat, size, index, key) >= 0;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    int at = find(flat, size, index, key);
    return at < 0 ? null : flat[2 * at + 1];
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private static int find(
      @Nullable Object[] flat,
      int size,
      @Nullable Map<String, Integer> index,
      @Nullable Object key) {
    if (index != null) {
      Integer at = index.get(key);
      return at == null ? -1 : at;
    }
    for (int i = 0; i < size; i++) {
      if (String.valueOf(flat[2 * i]).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {

    @Override
    public int size() {
      return size;
    }

    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < size;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
          if (next >= size) {
            throw new NoSuchElementException();
          }
          int at = 2 * next++;
          return new SimpleImmutableEntry<>(String.valueOf(flat[at]), flat[at + 1]);
        }
      };
    }
  }

  /** Collects fields; of one that comes twice the last value counts. Of use for one map only. */
  public static final class Builder {

    // Metadata and details seldom have more than three fields.
    private @Nullable Object[] flat = new @Nullable Object[6];
    private int size;
    private int depth = 1;
    private @Nullable Map<String, Integer> index;

    /** Adds a field whose value is frozen. */
    public void put(String name, @Nullable Object frozenValue) {
      depth = Math.max(depth, 1 + ImmutableJson.depthOf(frozenValue));
      int at = find(flat, size, index, name);
      if (at >= 0) {
        flat[2 * at + 1] = frozenValue;
        return;
      }
      if (2 * size == flat.length) {
        flat = Arrays.copyOf(flat, 2 * flat.length);
      }
      flat[2 * size] = name;
      flat[2 * size + 1] = frozenValue;
      note(name, size++);
    }

    /** The map; this builder must not be used any more. */
    public ImmutableMap build() {
      return size == 0 ? EMPTY : new ImmutableMap(this);
    }

    private void note(String name, int at) {
      if (index == null && at == FEW) {
        index = new HashMap<>(4 * FEW);
        for (int i = 0; i < at; i++) {
          index.put(String.valueOf(flat[2 * i]), i);
        }
      }
      if (index != null) {
        index.put(name, at);
      }
    }
  }
}
