/** The server's end of each TCP connection, so that it can be cut or frozen. */
@NullMarked
package io.agentcraft.testing.internal.socket;

import org.jspecify.annotations.NullMarked;
