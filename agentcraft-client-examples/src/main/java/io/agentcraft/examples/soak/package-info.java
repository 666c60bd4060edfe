/** A long run of many clients under faults, which finds out whether memory, threads or sockets grow. */
@NullMarked
package io.agentcraft.examples.soak;

import org.jspecify.annotations.NullMarked;
