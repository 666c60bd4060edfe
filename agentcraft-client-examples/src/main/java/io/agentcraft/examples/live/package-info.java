/**
 * A connection followed live: what was received and counted, the sessions it keeps up with, the views that show it, and how
 * it ended.
 */
@NullMarked
package io.agentcraft.examples.live;

import org.jspecify.annotations.NullMarked;
