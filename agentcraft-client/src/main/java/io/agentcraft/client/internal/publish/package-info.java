/** How published updates wait, take turns, find their path and are confirmed. */
@NullMarked
package io.agentcraft.client.internal.publish;

import org.jspecify.annotations.NullMarked;
