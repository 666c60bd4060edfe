/**
 * When to try again after a connection was lost, and when to give up.
 *
 * <p>The one thing to know: {@link io.agentcraft.client.reconnect.ExponentialBackoff} is the protocol's rule and the
 * default; its {@code with…} methods return changed copies.
 */
@NullMarked
package io.agentcraft.client.reconnect;

import org.jspecify.annotations.NullMarked;
