/** From a frame on the reader thread to its message and the listeners on the callback executor. */
@NullMarked
package io.agentcraft.client.internal.inbound;

import org.jspecify.annotations.NullMarked;
