/** Benchmarks of the client against what one would write by hand: one command, one table. */
@NullMarked
package io.agentcraft.examples.bench;

import org.jspecify.annotations.NullMarked;
