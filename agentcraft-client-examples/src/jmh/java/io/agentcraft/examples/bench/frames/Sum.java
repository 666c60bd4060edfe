package io.agentcraft.examples.bench.frames;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values, so that no contestant gets away with not having made them. */
final class Sum {

  private Sum() {}

  static long of(@Nullable String text) {
    return text == null ? 1 : text.length();
  }

  static long of(@Nullable Integer number) {
    return number == null ? 1 : number;
  }

  static long of(double number) {
    return (long) number;
  }

  static long of(@Nullable Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Map<?, ?> map) {
      long sum = map.size();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += of(entry.getKey()) + of(entry.getValue());
      }
      return sum;
    }
    if (value instanceof List<?> list) {
      long sum = list.size();
      for (Object element : list) {
        sum += of(element);
      }
      return sum;
    }
    return 1;
  }
}
