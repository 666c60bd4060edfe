package io.agentcraft.client.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deep, unmodifiable copies of free-form JSON, so that a record handed out cannot change behind its reader's back. What
 * is frozen already is taken as it is.
 */
public final class FreeJson {

  /** How deep free-form JSON may nest: a frame may 500 levels, and is one itself. */
  public static final int MAX_DEPTH = 499;

  private FreeJson() {}

  /**
   * Copies an object.
   *
   * @throws IllegalArgumentException for what is no JSON, and for what nests deeper than {@link #MAX_DEPTH}
   */
  @SuppressWarnings("unchecked") // a frozen map has text keys only
  public static Map<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> map) {
    return (Map<String, @Nullable Object>) copyValue(map, MAX_DEPTH);
  }

  /**
   * Copies a list.
   *
   * @throws IllegalArgumentException for what is no JSON, and for what nests deeper than {@link #MAX_DEPTH}
   */
  @SuppressWarnings("unchecked") // reading any element as an object is safe
  public static List<@Nullable Object> copyOf(List<? extends @Nullable Object> list) {
    return (List<@Nullable Object>) copyValue(list, MAX_DEPTH);
  }

  /**
   * Copies any value that is not {@code null}.
   *
   * @throws IllegalArgumentException for what is no JSON, and for what nests deeper than {@link #MAX_DEPTH}
   */
  public static Object copyOf(Object value) {
    return copyValue(value, MAX_DEPTH);
  }

  private static Object copyValue(Object value, int levelsLeft) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return copyNumber(number);
    }
    if (value instanceof ImmutableJson frozen) {
      requireLevels(frozen.depth() <= levelsLeft);
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(map, levelsLeft);
    }
    if (value instanceof List<?> list) {
      return copyList(list, levelsLeft);
    }
    throw new IllegalArgumentException(
        "Free-form JSON holds text, numbers, booleans, lists, maps and null, but this is a "
            + value.getClass().getName()
            + ". Convert it to one of these, for example with toString().");
  }

  private static Map<String, @Nullable Object> copyMap(Map<?, ?> map, int levelsLeft) {
    requireLevels(levelsLeft > 0);
    ImmutableMap.Builder copy = new ImmutableMap.Builder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "A JSON object has text keys only, but this one has the key " + entry.getKey()
                + ". Convert the key to a String.");
      }
      Object value = entry.getValue();
      copy.put(name, value == null ? null : copyValue(value, levelsLeft - 1));
    }
    return copy.build();
  }

  private static List<@Nullable Object> copyList(List<?> list, int levelsLeft) {
    requireLevels(levelsLeft > 0);
    ImmutableList.Builder copy = new ImmutableList.Builder();
    for (Object element : list) {
      copy.add(element == null ? null : copyValue(element, levelsLeft - 1));
    }
    return copy.build();
  }

  private static Number copyNumber(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Double
        || number instanceof BigDecimal
        || number instanceof BigInteger
        || number instanceof Float
        || number instanceof Short
        || number instanceof Byte) {
      return number;
    }
    try {
      // AtomicInteger and the like can change; their text cannot.
      return new BigDecimal(number.toString());
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "A " + number.getClass().getName() + " with the text \"" + number
              + "\" is no JSON number. Convert it to a Double, a Long or text.",
          noNumber);
    }
  }

  private static void requireLevels(boolean enough) {
    if (!enough) {
      throw new IllegalArgumentException("Free-form JSON may nest " + MAX_DEPTH
          + " levels, and this nests deeper, or contains itself. Flatten it.");
    }
  }
}
