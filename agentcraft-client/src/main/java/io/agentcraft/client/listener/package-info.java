/**
 * One functional interface for each type of message, and those for the connection and for errors.
 *
 * <p>The one thing to know: the listeners of a client are called <b>one at a time and in order</b>, on the callback executor,
 * never on a network thread. A slow listener delays the listeners after it and eventually the server. An exception thrown by
 * a listener is reported to the {@link io.agentcraft.client.listener.ErrorListener} and affects nothing else.
 */
@NullMarked
package io.agentcraft.client.listener;

import org.jspecify.annotations.NullMarked;
