/** When to connect, wait, give up and close: a pure machine, and the loop that runs it. */
@NullMarked
package io.agentcraft.client.internal.connection;

import org.jspecify.annotations.NullMarked;
