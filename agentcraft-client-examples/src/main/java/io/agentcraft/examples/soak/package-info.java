/** A long run of many clients under faults, and whether anything grew. */
@NullMarked
package io.agentcraft.examples.soak;

import org.jspecify.annotations.NullMarked;
