/**
 * The SDK's exceptions: unchecked, few, and each with the next step in its message.
 *
 * <p>The one thing to know: catch {@link io.agentcraft.client.error.AgentCraftException} to catch them all (futures wrap it as
 * usual: look at {@code getCause()} of what {@code join()} and {@code get()} throw); wrong
 * arguments are {@link java.lang.IllegalArgumentException}, at the call or at {@code build()}.
 */
@NullMarked
package io.agentcraft.client.error;

import org.jspecify.annotations.NullMarked;
