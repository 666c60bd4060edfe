/**
 * The clock and the timers of the SDK.
 *
 * <p>The one thing to know: only tests need this package. Give a client a manual {@link
 * io.agentcraft.client.time.Scheduler}, and no backoff, timeout or heartbeat depends on real time.
 */
@NullMarked
package io.agentcraft.client.time;

import org.jspecify.annotations.NullMarked;
