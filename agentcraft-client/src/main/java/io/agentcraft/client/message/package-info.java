/** Every message of the tracking protocol, as immutable records. */
@NullMarked
package io.agentcraft.client.message;

import org.jspecify.annotations.NullMarked;
