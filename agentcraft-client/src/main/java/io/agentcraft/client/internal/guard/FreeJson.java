package io.agentcraft.client.internal.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies free-form JSON deeply, so that a record cannot change after it was made. What is an {@link ImmutableJson}
 * already is used as it is.
 *
 * <p>Every method throws an {@link IllegalArgumentException} for a value that JSON cannot represent, and for one that
 * nests deeper than {@link #MAX_DEPTH}.
 */
public final class FreeJson {

  /** The maximum depth of free-form JSON: a frame may nest 500 levels, and is itself the first of them. */
  public static final int MAX_DEPTH = 499;

  private FreeJson() {}

  @SuppressWarnings("unchecked") // an immutable object has text keys only
  public static Map<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> map) {
    return (Map<String, @Nullable Object>) copyValue(map, MAX_DEPTH);
  }

  @SuppressWarnings("unchecked") // reading any element as an object is safe
  public static List<@Nullable Object> copyOf(List<? extends @Nullable Object> list) {
    return (List<@Nullable Object>) copyValue(list, MAX_DEPTH);
  }

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
    if (value instanceof ImmutableJson json) {
      requireLevels(json.depth() <= levelsLeft);
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
    ImmutableJson.JsonObject.Builder copy = new ImmutableJson.JsonObject.Builder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "A JSON object has text keys only, but this map has the key "
                + LogText.excerpt(String.valueOf(entry.getKey()))
                + ". Convert the key to a String.");
      }
      Object value = entry.getValue();
      copy.put(name, value == null ? null : copyValue(value, levelsLeft - 1));
    }
    return copy.build();
  }

  private static List<@Nullable Object> copyList(List<?> list, int levelsLeft) {
    requireLevels(levelsLeft > 0);
    ImmutableJson.JsonArray.Builder copy = new ImmutableJson.JsonArray.Builder();
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
      // An AtomicInteger, for example, can change; its text cannot.
      return new BigDecimal(number.toString());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "A " + number.getClass().getName() + " with the text \""
              + LogText.excerpt(String.valueOf(number))
              + "\" is not a JSON number. Convert it to a Double, a Long or text.",
          notANumber);
    }
  }

  private static void requireLevels(boolean enough) {
    if (!enough) {
      throw new IllegalArgumentException("Free-form JSON may nest " + MAX_DEPTH
          + " levels, but this nests deeper, or contains itself. Flatten it.");
    }
  }
}
