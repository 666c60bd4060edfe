package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.publish.PublishPath;
import io.agentcraft.client.publish.PublishReceipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** Ends the futures of publications, where user code that depends on them does no harm. */
final class Receipts {

  private static final PublishReceipt SUPERSEDED = new PublishReceipt.Superseded();

  private final Executor completions;

  Receipts(Executor completions) {
    this.completions = completions;
  }

  void delivered(Publication publication, PublishPath path, long now) {
    PublishReceipt receipt =
        new PublishReceipt.Delivered(path, Duration.ofNanos(now - publication.acceptedAt()));
    completions.execute(() -> publication.receipt().complete(receipt));
  }

  void superseded(List<Publication> publications) {
    if (!publications.isEmpty()) {
      completions.execute(
          () -> publications.forEach(publication -> publication.receipt().complete(SUPERSEDED)));
    }
  }

  void failed(Publication publication, AgentCraftException error) {
    failed(List.of(publication), error);
  }

  void failed(List<Publication> publications, AgentCraftException error) {
    if (!publications.isEmpty()) {
      completions.execute(() ->
          publications.forEach(publication -> publication.receipt().completeExceptionally(error)));
    }
  }
}
