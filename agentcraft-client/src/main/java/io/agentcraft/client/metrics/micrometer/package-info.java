/**
 * Reports the metrics of a client to Micrometer.
 *
 * <p>The one thing to know: this package requires {@code io.micrometer:micrometer-core}, which you have to add to your
 * dependencies. The rest of the SDK does not need it.
 */
@NullMarked
package io.agentcraft.client.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
