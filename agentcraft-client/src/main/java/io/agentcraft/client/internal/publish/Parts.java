package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.outbox.FrameBudget;
import io.agentcraft.client.time.Scheduler;

/** What {@link Publishing} works with. */
record Parts(
    Scheduler scheduler,
    FrameBudget budget,
    StatusPace pace,
    Receipts receipts,
    Broadcasts broadcasts,
    PostRetries retries) {}
