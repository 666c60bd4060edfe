/**
 * What a client tells about its connection: {@link io.agentcraft.client.connection.ConnectionState} snapshots, and the
 * {@link io.agentcraft.client.connection.DisconnectCause} of each loss.
 *
 * <p>The one thing to know: <b>a lost connection is no error</b>. The client opens it again, and only {@code FAILED} and
 * {@code CLOSED} are the end; the cause says why. A state is a value, never updated: ask the client again, or listen, for the
 * next one.
 */
@NullMarked
package io.agentcraft.client.connection;

import org.jspecify.annotations.NullMarked;
