/**
 * From a frame on the reader thread to the listeners on the callback executor.
 *
 * <p>The one thing to know: the reader thread never runs user code, and blocks only when the {@link
 * io.agentcraft.client.internal.inbound.CallbackBuffer} is full.
 */
@NullMarked
package io.agentcraft.client.internal.inbound;

import org.jspecify.annotations.NullMarked;
