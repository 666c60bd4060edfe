/**
 * What a client tells about its connection: {@link io.agentcraft.client.connection.ConnectionState} snapshots, and the
 * {@link io.agentcraft.client.connection.DisconnectCause} of each loss.
 *
 * <p>The one thing to know: a state is a value, never updated. Ask the client again, or listen, for the next one.
 */
@NullMarked
package io.agentcraft.client.connection;

import org.jspecify.annotations.NullMarked;
