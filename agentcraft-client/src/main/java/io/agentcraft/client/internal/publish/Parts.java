package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.time.Scheduler;

/** What {@link PublishEngine} works with. */
record Parts(
    Scheduler scheduler,
    FrameRateLimiter budget,
    StatusPace pace,
    Receipts receipts,
    Broadcasts broadcasts,
    PostRetries retries) {}
