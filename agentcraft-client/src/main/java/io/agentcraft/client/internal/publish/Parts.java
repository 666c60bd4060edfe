package io.agentcraft.client.internal.publish;

import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;

/** What {@link PublishEngine} works with. */
record Parts(
    EventLoop scheduler,
    FrameRateLimiter budget,
    StatusPace pace,
    Receipts receipts,
    Broadcasts broadcasts,
    PostRetries retries) {}
