/**
 * What a client counts and times, for whatever collects metrics in your application. The one thing to know: give the
 * builder's {@code metrics(…)} a {@link io.agentcraft.client.metrics.ClientMetrics}; a ready one for Micrometer is {@code
 * io.agentcraft.client.metrics.micrometer.MicrometerMetrics}.
 */
@NullMarked
package io.agentcraft.client.metrics;

import org.jspecify.annotations.NullMarked;
