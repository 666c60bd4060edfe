/** What the command line knows of a connection: counts, the sessions that it follows, how the run ended. */
@NullMarked
package io.agentcraft.examples.live;

import org.jspecify.annotations.NullMarked;
