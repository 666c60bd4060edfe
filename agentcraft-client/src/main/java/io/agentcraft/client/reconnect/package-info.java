/** Policies that decide whether and when to reconnect. */
@NullMarked
package io.agentcraft.client.reconnect;

import org.jspecify.annotations.NullMarked;
