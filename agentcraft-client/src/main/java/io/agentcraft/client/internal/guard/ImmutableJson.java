package io.agentcraft.client.internal.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deeply immutable JSON object or array. It knows how deep it nests and how much memory it takes, and never needs to be
 * copied.
 */
public sealed interface ImmutableJson {

  /** What an object takes beside its content, about. */
  long OBJECT_CHARS = 20;

  /** Returns the number of levels, this one included. */
  int depth();

  /** Returns about how much memory this takes, in characters of two bytes. */
  long chars();

  /** Returns about how much memory a text takes, in characters of two bytes. */
  static long charsOf(@Nullable String text) {
    return text == null ? 0 : OBJECT_CHARS + text.length();
  }

  /** Returns about how much memory any value of free-form JSON takes, in characters of two bytes. */
  static long charsOf(@Nullable Object value) {
    if (value instanceof String text) {
      return charsOf(text);
    }
    if (value instanceof ImmutableJson json) {
      return json.chars();
    }
    if (value instanceof BigDecimal decimal) {
      return 2 * OBJECT_CHARS + decimal.unscaledValue().bitLength() / Character.SIZE;
    }
    if (value instanceof BigInteger integer) {
      return 2 * OBJECT_CHARS + integer.bitLength() / Character.SIZE;
    }
    return value instanceof Number ? OBJECT_CHARS / 2 : 0;
  }

  private static int depthOf(@Nullable Object value) {
    return value instanceof ImmutableJson json ? json.depth() : 0;
  }

  /** A JSON array. */
  final class JsonArray extends AbstractList<@Nullable Object>
      implements ImmutableJson, RandomAccess {

    private static final int ELEMENT_CHARS = 4;
    private static final JsonArray EMPTY = new JsonArray(List.of(), 1, 0);

    private final List<@Nullable Object> elements;
    private final int depth;
    private final long chars;

    private JsonArray(List<@Nullable Object> elements, int depth, long chars) {
      this.elements = elements;
      this.depth = depth;
      this.chars = chars;
    }

    @Override
    public int depth() {
      return depth;
    }

    @Override
    public long chars() {
      return chars;
    }

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public @Nullable Object get(int index) {
      return elements.get(index);
    }

    /** Builds one array, and must not be used after that. */
    public static final class Builder {

      private final List<@Nullable Object> elements = new ArrayList<>();
      private int depth = 1;
      private long chars = 2 * OBJECT_CHARS;

      /** Adds an element, which must be immutable. */
      public void add(@Nullable Object element) {
        elements.add(element);
        depth = Math.max(depth, 1 + depthOf(element));
        chars += ELEMENT_CHARS + charsOf(element);
      }

      public JsonArray build() {
        return elements.isEmpty() ? EMPTY : new JsonArray(elements, depth, chars);
      }
    }
  }

  /**
   * A JSON object that keeps the order of its fields. Most objects have few, so names and values are kept in one array
   * that is searched from the start; an object with many fields has an index as well.
   */
  final class JsonObject extends AbstractMap<String, @Nullable Object> implements ImmutableJson {

    private static final int MAX_FIELDS_WITHOUT_INDEX = 8;

    /** The name of a field, most likely shared with others, and where it and the value are kept. */
    private static final int FIELD_CHARS = 8;

    private static final JsonObject EMPTY = new JsonObject(new Builder());

    /** Each name is followed by its value. Elements after the last field are unused. */
    private final @Nullable Object[] fields;

    private final int size;
    private final int depth;
    private final long chars;
    private final @Nullable Map<String, Integer> index;

    private JsonObject(Builder builder) {
      this.fields = builder.fields;
      this.size = builder.size;
      this.depth = builder.depth;
      this.chars = builder.chars;
      this.index = builder.index;
    }

    @Override
    public int depth() {
      return depth;
    }

    @Override
    public long chars() {
      return chars;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return find(fields, size, index, key) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      int at = find(fields, size, index, key);
      return at < 0 ? null : fields[2 * at + 1];
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
      return new Entries();
    }

    private static int find(
        @Nullable Object[] fields,
        int size,
        @Nullable Map<String, Integer> index,
        @Nullable Object key) {
      if (index != null) {
        Integer at = index.get(key);
        return at == null ? -1 : at;
      }
      for (int i = 0; i < size; i++) {
        if (String.valueOf(fields[2 * i]).equals(key)) {
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
            return new SimpleImmutableEntry<>(String.valueOf(fields[at]), fields[at + 1]);
          }
        };
      }
    }

    /** Builds one object, and must not be used after that. */
    public static final class Builder {

      // Metadata and details seldom have more than three fields.
      private @Nullable Object[] fields = new @Nullable Object[6];
      private int size;
      private int depth = 1;
      private long chars;
      private @Nullable Map<String, Integer> index;

      /** Adds a field, whose value must be immutable. A field that is there already gets the new value. */
      public void put(String name, @Nullable Object value) {
        depth = Math.max(depth, 1 + depthOf(value));
        int at = find(fields, size, index, name);
        if (at >= 0) {
          chars += charsOf(value) - charsOf(fields[2 * at + 1]);
          fields[2 * at + 1] = value;
          return;
        }
        if (2 * size == fields.length) {
          fields = Arrays.copyOf(fields, 2 * fields.length);
        }
        chars += (size == 0 ? 2 * OBJECT_CHARS : 0) + FIELD_CHARS + charsOf(name) + charsOf(value);
        fields[2 * size] = name;
        fields[2 * size + 1] = value;
        addToIndex(name, size++);
      }

      public JsonObject build() {
        return size == 0 ? EMPTY : new JsonObject(this);
      }

      private void addToIndex(String name, int at) {
        if (index == null && at == MAX_FIELDS_WITHOUT_INDEX) {
          index = new HashMap<>(4 * MAX_FIELDS_WITHOUT_INDEX);
          for (int i = 0; i < at; i++) {
            index.put(String.valueOf(fields[2 * i]), i);
          }
        }
        if (index != null) {
          index.put(name, at);
        }
      }
    }
  }
}
