/**
 * One functional interface for each message type, and those for the connection and for errors.
 *
 * <p>The one thing to know: listeners of one client run <b>one at a time and in order</b>, on the callback executor,
 * never on a network thread. A listener that is slow holds back the listeners behind it, in the end the server; one
 * that throws is reported to the {@link io.agentcraft.client.listener.ErrorListener} and harms nothing else.
 */
@NullMarked
package io.agentcraft.client.listener;

import org.jspecify.annotations.NullMarked;
