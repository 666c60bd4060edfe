package io.agentcraft.client.internal.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object in the order of its fields. */
public final class FrozenMap extends AbstractMap<String, @Nullable Object> implements Frozen {

  private static final FrozenMap EMPTY = new FrozenMap(new LinkedHashMap<>(0), 1);

  private final Map<String, @Nullable Object> fields;
  private final int depth;

  private FrozenMap(Map<String, @Nullable Object> fields, int depth) {
    this.fields = fields;
    this.depth = depth;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return fields.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return fields.get(key);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return Collections.unmodifiableMap(fields).entrySet();
  }

  /** Collects fields; of one that comes twice the last value counts. Of use for one map only. */
  public static final class Builder {

    // Metadata and details seldom have more than three fields.
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>(4);
    private int depth = 1;

    /** Adds a field whose value is frozen. */
    public void put(String name, @Nullable Object frozenValue) {
      fields.put(name, frozenValue);
      depth = Math.max(depth, 1 + Frozen.depthOf(frozenValue));
    }

    /** The map; this builder must not be used any more. */
    public FrozenMap build() {
      return fields.isEmpty() ? EMPTY : new FrozenMap(fields, depth);
    }
  }
}
