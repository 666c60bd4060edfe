/** Bare WebSockets and HTTP requests, that show exactly what a server sends: no reconnect, no heartbeat, no retry. */
@NullMarked
package io.agentcraft.testing.internal.raw;

import org.jspecify.annotations.NullMarked;
