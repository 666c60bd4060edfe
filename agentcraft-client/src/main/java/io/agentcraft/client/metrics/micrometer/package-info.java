/**
 * Brings a client's metrics to Micrometer. The one thing to know: this is the only package that needs {@code
 * io.micrometer:micrometer-core}, which the SDK does not bring along; without it the rest of the SDK works as ever.
 */
@NullMarked
package io.agentcraft.client.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
