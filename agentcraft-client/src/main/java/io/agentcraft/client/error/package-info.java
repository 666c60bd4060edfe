/**
 * The exceptions of the SDK. They are unchecked, and each message says what to do next.
 *
 * <p>The one thing to know: catch {@link io.agentcraft.client.error.AgentCraftException} to catch them all. Futures wrap it as
 * usual, so look at the {@code getCause()} of what {@code join()} and {@code get()} throw. Invalid arguments are reported as
 * {@link java.lang.IllegalArgumentException}, at the call or at {@code build()}.
 */
@NullMarked
package io.agentcraft.client.error;

import org.jspecify.annotations.NullMarked;
