/** Where the command line gets its time from. */
@NullMarked
package io.agentcraft.examples.time;

import org.jspecify.annotations.NullMarked;
