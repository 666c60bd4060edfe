package io.agentcraft.client.message;

import io.agentcraft.client.internal.json.FreeJson;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@code details} value: an object on the documented server, text on the deployed backend. Nothing on the wire
 * forbids other JSON, which is kept too.
 *
 * @param value text, {@code Map}, {@code List}, {@code Number} or {@code Boolean}; deeply unmodifiable
 */
public record Details(Object value) {

  /** Details that are an empty object. */
  public static final Details EMPTY = new Details(Map.of());

  /**
   * Copies the value deeply.
   *
   * @param value text, {@code Map}, {@code List}, {@code Number} or {@code Boolean}; deeply unmodifiable
   */
  public Details {
    value = FreeJson.copyOf(Objects.requireNonNull(value, "value"));
  }

  /**
   * Details that are text.
   *
   * @param text the text
   * @return the details
   */
  public static Details of(String text) {
    return new Details(text);
  }

  /**
   * Details that are an object.
   *
   * @param fields the object's fields
   * @return the details
   */
  public static Details of(Map<String, ? extends @Nullable Object> fields) {
    return new Details(fields);
  }

  /**
   * Returns the details for people to read.
   *
   * @return the text itself, empty for an empty object, otherwise the value in Java's notation
   */
  public String text() {
    return value instanceof Map<?, ?> map && map.isEmpty() ? "" : value.toString();
  }

  /**
   * Returns the fields of details that are an object.
   *
   * @return the fields, deeply unmodifiable; empty if the details are no object
   */
  @SuppressWarnings("unchecked") // the constructor's deep copy leaves only text keys
  public Map<String, @Nullable Object> fields() {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
