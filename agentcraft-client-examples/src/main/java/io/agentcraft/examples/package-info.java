/** Runnable examples and the agentcraft command line. */
@NullMarked
package io.agentcraft.examples;

import org.jspecify.annotations.NullMarked;
