/** What a client costs while it does nothing: memory, threads, time to start, bytes. */
@NullMarked
package io.agentcraft.examples.bench.footprint;

import org.jspecify.annotations.NullMarked;
