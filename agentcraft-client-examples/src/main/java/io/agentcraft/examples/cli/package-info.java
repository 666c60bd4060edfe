/** The commands of {@code agentcraft}: arguments in, exit codes out. */
@NullMarked
package io.agentcraft.examples.cli;

import org.jspecify.annotations.NullMarked;
