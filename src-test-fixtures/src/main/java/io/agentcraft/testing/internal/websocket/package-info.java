/** WebSockets from the server's side, as strict as uvicorn's. */
@NullMarked
package io.agentcraft.testing.internal.websocket;

import org.jspecify.annotations.NullMarked;
