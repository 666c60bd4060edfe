/** Recordings on their way to clients. The one thing to know: what is sent is the recorded text, as it is. */
@NullMarked
package io.agentcraft.testing.internal.replay;

import org.jspecify.annotations.NullMarked;
