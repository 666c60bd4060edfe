package io.agentcraft.client.internal.publish;

import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.PublishReceipt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An update and its receipt. Compared by identity.
 *
 * @param update the update
 * @param frame encodes the update; called when it is sent, because most updates are replaced before
 * @param companion a JSON message that is sent before it over HTTP; {@code null} for none
 * @param required whether newer updates do not replace it while it waits
 * @param acceptedAt when it was published, as a reading of the loop's clock
 * @param receipt completes with the outcome
 */
record Publication(
    AgentStatusUpdate update,
    Supplier<String> frame,
    @Nullable String companion,
    boolean required,
    long acceptedAt,
    CompletableFuture<PublishReceipt> receipt) {

  String agentId() {
    return update.agentId();
  }

  /** Returns whether a relayed update is this one. The server may have changed its timestamp. */
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
