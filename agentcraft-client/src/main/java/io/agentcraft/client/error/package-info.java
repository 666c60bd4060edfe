/** The unchecked exceptions of this client. */
@NullMarked
package io.agentcraft.client.error;

import org.jspecify.annotations.NullMarked;
