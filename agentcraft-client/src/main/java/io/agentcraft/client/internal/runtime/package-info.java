/** The few threads that all clients of the JVM share. */
@NullMarked
package io.agentcraft.client.internal.runtime;

import org.jspecify.annotations.NullMarked;
