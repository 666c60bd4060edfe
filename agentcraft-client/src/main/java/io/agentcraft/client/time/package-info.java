/**
 * Where the SDK gets its time and its timers from.
 *
 * <p>The one thing to know: only tests need this. Give a client a manual {@link io.agentcraft.client.time.Scheduler} and
 * no backoff, time-out or heartbeat waits for the wall clock.
 */
@NullMarked
package io.agentcraft.client.time;

import org.jspecify.annotations.NullMarked;
