/** The same frames for every contestant, and the same reading of their fields. */
@NullMarked
package io.agentcraft.examples.bench.frames;

import org.jspecify.annotations.NullMarked;
