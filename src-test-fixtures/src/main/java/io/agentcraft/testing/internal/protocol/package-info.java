/** The rules of the tracking endpoint: silence, frame budget, who is connected, what a frame is answered with. */
@NullMarked
package io.agentcraft.testing.internal.protocol;

import org.jspecify.annotations.NullMarked;
