/** The server's end of each TCP connection: it can be cut, paused and slowed, and other bytes can be inserted. */
@NullMarked
package io.agentcraft.testing.internal.socket;

import org.jspecify.annotations.NullMarked;
