/** Throttled and batched delivery: pure cores that are told the time, and thin shells with a timer. */
@NullMarked
package io.agentcraft.client.internal.listener;

import org.jspecify.annotations.NullMarked;
