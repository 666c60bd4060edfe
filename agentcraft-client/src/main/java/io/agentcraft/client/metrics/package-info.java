/**
 * Metrics of a client. Pass a {@link io.agentcraft.client.metrics.ClientMetrics} to the builder's {@code metrics(…)}. For
 * Micrometer, use {@code io.agentcraft.client.metrics.micrometer.MicrometerMetrics}.
 *
 * <p>The one thing to know: it is called <b>on the thread where the event occurs</b>, including the one that reads from the
 * network, so it must return at once.
 */
@NullMarked
package io.agentcraft.client.metrics;

import org.jspecify.annotations.NullMarked;
