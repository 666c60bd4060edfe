/** Listeners for messages, for the connection state and for errors. */
@NullMarked
package io.agentcraft.client.listener;

import org.jspecify.annotations.NullMarked;
