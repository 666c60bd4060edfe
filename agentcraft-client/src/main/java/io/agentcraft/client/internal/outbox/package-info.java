/** What waits to be sent, and how fast it may be. */
@NullMarked
package io.agentcraft.client.internal.outbox;

import org.jspecify.annotations.NullMarked;
