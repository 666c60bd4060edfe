/**
 * When to try again after a connection was lost, and when to give up.
 *
 * <p>The one thing to know: {@link io.agentcraft.client.reconnect.ExponentialBackoff} is the protocol's rule and the
 * default, and <b>gives up after 5 attempts</b>, which take about a minute where each is refused at once. A program that is to run for days wants {@code
 * withMaxAttempts(UNLIMITED)}; the {@code with…} methods return changed copies.
 */
@NullMarked
package io.agentcraft.client.reconnect;

import org.jspecify.annotations.NullMarked;
