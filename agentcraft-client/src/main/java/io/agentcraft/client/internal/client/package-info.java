/**
 * One client: its options, its parts put together, requests, and closing.
 *
 * <p>The one thing to know: {@link io.agentcraft.client.internal.client.ClientCore} lists in one place, in order, what follows
 * the connection.
 */
@NullMarked
package io.agentcraft.client.internal.client;

import org.jspecify.annotations.NullMarked;
