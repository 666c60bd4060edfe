/** The thread that everything in the server is decided on, and its clock. */
@NullMarked
package io.agentcraft.testing.internal.time;

import org.jspecify.annotations.NullMarked;
