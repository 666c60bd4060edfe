package io.agentcraft.client.message;

import io.agentcraft.client.internal.guard.FreeJson;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@code details} field: an object from the documented server, text from the deployed backend. Any other JSON is
 * kept, too.
 *
 * @param value text, {@code Map}, {@code List}, {@code Number} or {@code Boolean}; deeply unmodifiable
 */
public record Details(Object value) {

  /** An empty object. */
  public static final Details EMPTY = new Details(Map.of());

  /**
   * Copies the value.
   *
   * @param value text, {@code Map}, {@code List}, {@code Number} or {@code Boolean}; deeply unmodifiable
   */
  public Details {
    value = FreeJson.copyOf(Objects.requireNonNull(value, "value"));
  }

  /**
   * Creates details that are text.
   *
   * @param text the text
   * @return the details
   */
  public static Details of(String text) {
    return new Details(text);
  }

  /**
   * Creates details that are an object.
   *
   * @param fields the fields of the object
   * @return the details
   * @throws IllegalArgumentException if the fields hold a value that JSON cannot represent
   */
  public static Details of(Map<String, ? extends @Nullable Object> fields) {
    return new Details(fields);
  }

  /**
   * Returns the details as text for people.
   *
   * @return the text itself; empty for an empty object; the {@code toString()} of any other value
   */
  public String text() {
    return value instanceof Map<?, ?> map && map.isEmpty() ? "" : value.toString();
  }

  /**
   * Returns the fields of an object.
   *
   * @return the fields, deeply unmodifiable; empty if the details are not an object
   */
  @SuppressWarnings("unchecked") // the constructor's deep copy leaves only text keys
  public Map<String, @Nullable Object> fields() {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
