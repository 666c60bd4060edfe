/** Tells the caller's metrics what happens. The one thing to know: nothing that they throw gets past here. */
@NullMarked
package io.agentcraft.client.internal.metrics;

import org.jspecify.annotations.NullMarked;
