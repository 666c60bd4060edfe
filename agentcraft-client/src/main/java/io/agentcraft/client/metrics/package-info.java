/**
 * What a client counts and times, for whatever collects metrics in your application. Give the builder's {@code metrics(…)} a
 * {@link io.agentcraft.client.metrics.ClientMetrics}; a ready one for Micrometer is {@code
 * io.agentcraft.client.metrics.micrometer.MicrometerMetrics}.
 *
 * <p>The one thing to know: it is called <b>where things happen</b>, the thread that reads from the network included, so it
 * has to return at once.
 */
@NullMarked
package io.agentcraft.client.metrics;

import org.jspecify.annotations.NullMarked;
