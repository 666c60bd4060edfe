/** The crew sessions that the server knows: immutable values and the store that changes them. */
@NullMarked
package io.agentcraft.testing.internal.session;

import org.jspecify.annotations.NullMarked;
