package io.agentcraft.client.internal.inbound;

import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.message.ServerMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides when a batch is complete. Times are readings of one monotonic clock, in nanoseconds. Confined; the caller
 * delivers.
 */
final class MessageBatcher {

  private final int maxMessages;
  private final long maxDelay;
  private List<ServerMessage> batch = new ArrayList<>();
  private long began;

  MessageBatcher(Batching batching) {
    this.maxMessages = batching.maxMessages();
    this.maxDelay = batching.maxDelay().toNanos();
  }

  /** Takes a message; returns the batch if that made it complete, otherwise an empty list. */
  List<ServerMessage> offer(ServerMessage message, long now) {
    if (batch.isEmpty()) {
      began = now;
    }
    batch.add(message);
    return batch.size() >= maxMessages ? drain() : pollDue(now);
  }

  /** Takes out the batch if it has waited long enough, otherwise an empty list. */
  List<ServerMessage> pollDue(long now) {
    return !batch.isEmpty() && now - began >= maxDelay ? drain() : List.of();
  }

  /** When the batch is due; empty if there is none. */
  OptionalLong nextDue() {
    return batch.isEmpty() ? OptionalLong.empty() : OptionalLong.of(began + maxDelay);
  }

  /** Takes out what there is, perhaps nothing; unmodifiable. */
  List<ServerMessage> drain() {
    List<ServerMessage> complete = Collections.unmodifiableList(batch);
    batch = new ArrayList<>();
    return complete;
  }
}
