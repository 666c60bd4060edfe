/** From a socket to a listener, and back. */
@NullMarked
package io.agentcraft.examples.bench.socket;

import org.jspecify.annotations.NullMarked;
