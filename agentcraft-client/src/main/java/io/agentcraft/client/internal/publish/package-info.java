/** Publishes updates: queues them, selects a transport, sends them and completes their receipts. */
@NullMarked
package io.agentcraft.client.internal.publish;

import org.jspecify.annotations.NullMarked;
