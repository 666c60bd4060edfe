package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One update on its way. Compared by identity.
 *
 * @param update the update
 * @param frame writes the update as JSON: when it is sent, since of most updates a newer one takes the place before
 * @param companion JSON that goes before it by HTTP; {@code null} for none
 * @param kept whether it may not be replaced by a newer update while it waits
 * @param acceptedAt when it was published, in the clock's nanoseconds
 * @param receipt ends with what becomes of it
 */
record Publication(
    AgentStatusUpdate update,
    Supplier<String> frame,
    @Nullable String companion,
    boolean kept,
    long acceptedAt,
    CompletableFuture<PublishReceipt> receipt) {

  String agentId() {
    return update.agentId();
  }

  /** Tells whether a relayed frame is this update: the server may have stamped it anew. */
  boolean isRelayedAs(AgentStatusUpdate relayed) {
    return update.status() == relayed.status()
        && Double.compare(update.progress(), relayed.progress()) == 0
        && update.message().equals(relayed.message());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
