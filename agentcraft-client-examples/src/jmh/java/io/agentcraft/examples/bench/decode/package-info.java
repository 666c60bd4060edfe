/** From text to message, without a socket. */
@NullMarked
package io.agentcraft.examples.bench.decode;

import org.jspecify.annotations.NullMarked;
