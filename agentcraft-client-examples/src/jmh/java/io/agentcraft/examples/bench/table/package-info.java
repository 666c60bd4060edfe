/** Ratios, rows, and the table that they make. */
@NullMarked
package io.agentcraft.examples.bench.table;

import org.jspecify.annotations.NullMarked;
