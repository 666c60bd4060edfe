package io.agentcraft.client.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deep, unmodifiable copies of free-form JSON, so that a record handed out cannot change behind its reader's back. */
final class FreeJson {

  private FreeJson() {}

  static Map<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 2);
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException(
            "A JSON object has text keys only, but this one has the key " + key
                + ". Convert the key to a String.");
      }
      copy.put(name, copyOf(value));
    });
    return Collections.unmodifiableMap(copy);
  }

  static List<@Nullable Object> copyOf(List<? extends @Nullable Object> list) {
    if (list.isEmpty()) {
      return List.of();
    }
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      copy.add(copyOf(element));
    }
    return Collections.unmodifiableList(copy);
  }

  static @Nullable Object copyOf(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return copyOf(map);
    }
    if (value instanceof List<?> list) {
      return copyOf(list);
    }
    throw new IllegalArgumentException(
        "Free-form JSON holds text, numbers, booleans, lists, maps and null, but this is a "
            + value.getClass().getName()
            + ". Convert it to one of these, for example with toString().");
  }
}
