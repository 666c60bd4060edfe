package io.agentcraft.client.internal.client;

import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.time.Scheduler;
import java.util.concurrent.CompletableFuture;

/** A question that waits for its answer, the frame that asks it, and the timer that ends the wait. */
record Pending(
    RequestKind kind,
    String sessionId,
    CompletableFuture<ServerMessage> answer,
    Outbox.Frame frame,
    Scheduler.Timer timer,
    long askedAt) {

  boolean isAnsweredBy(ServerMessage message) {
    return kind.isAnsweredBy(message, sessionId);
  }
}
