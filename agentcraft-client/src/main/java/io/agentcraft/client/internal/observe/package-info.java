/**
 * Tells the caller's metrics and frame listeners what happens. The one thing to know: nothing that they throw gets past
 * here.
 */
@NullMarked
package io.agentcraft.client.internal.observe;

import org.jspecify.annotations.NullMarked;
