/**
 * The state of a client's connection, why it was lost, and when to reconnect.
 *
 * <p>The one thing to know: <b>a lost connection is not an error</b>. The client reconnects, and only {@code FAILED} and
 * {@code CLOSED} are the end. The default policy, {@link io.agentcraft.client.connection.ExponentialBackoff}, <b>gives up
 * after 5 attempts</b>, which takes about a minute if each is refused at once; a program that runs for days should use {@code
 * withMaxAttempts(UNLIMITED)}.
 */
@NullMarked
package io.agentcraft.client.connection;

import org.jspecify.annotations.NullMarked;
