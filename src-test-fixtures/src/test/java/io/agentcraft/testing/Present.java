package io.agentcraft.testing;

import org.jspecify.annotations.Nullable;

/** For optional fields that must be there in the case at hand. */
final class Present {

  private Present() {}

  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("an optional field is missing that should be there");
    }
    return value;
  }
}
