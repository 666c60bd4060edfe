package io.agentcraft.client.internal.json;

import org.jspecify.annotations.Nullable;

/** A map or list that nobody can change, and whose elements nobody can change; it need never be copied. */
sealed interface ImmutableJson permits ImmutableMap, ImmutableList {

  /** How many levels it nests, itself included. */
  int depth();

  /** How many levels a frozen value nests; 0 for a scalar. */
  static int depthOf(@Nullable Object value) {
    return value instanceof ImmutableJson frozen ? frozen.depth() : 0;
  }
}
