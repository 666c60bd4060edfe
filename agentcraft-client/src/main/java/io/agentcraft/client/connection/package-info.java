/** What a caller sees of the connection: its state, and why it ended. */
@NullMarked
package io.agentcraft.client.connection;

import org.jspecify.annotations.NullMarked;
