/** The client: where to begin. */
@NullMarked
package io.agentcraft.client;

import org.jspecify.annotations.NullMarked;
