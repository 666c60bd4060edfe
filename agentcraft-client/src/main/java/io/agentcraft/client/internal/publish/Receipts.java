package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.metrics.ClientMetrics.UpdateOutcome;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends the futures of publications, where user code that depends on them does no harm. */
final class Receipts {

  private static final PublishReceipt SUPERSEDED = new PublishReceipt.Superseded();

  private final Executor completions;
  private final Instrumentation instrumentation;
  private final Queue<Publication> replaced = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean endingReplaced = new AtomicBoolean();

  Receipts(Executor completions, Instrumentation instrumentation) {
    this.completions = completions;
    this.instrumentation = instrumentation;
  }

  void deliveredByHttp(Publication publication, long at) {
    delivered(publication, PublishTransport.HTTP, at);
  }

  /** The server took a post that was never seen on the open socket. */
  void accepted(Publication publication, long at) {
    PublishReceipt receipt = new PublishReceipt.Accepted(
        PublishTransport.HTTP, Duration.ofNanos(at - publication.acceptedAt()));
    ended(List.of(publication), UpdateOutcome.ACCEPTED);
    completions.execute(() -> publication.receipt().complete(receipt));
  }

  void delivered(Publication publication, PublishTransport path, long now) {
    Duration latency = Duration.ofNanos(now - publication.acceptedAt());
    PublishReceipt receipt = new PublishReceipt.Delivered(path, latency);
    ended(List.of(publication), UpdateOutcome.DELIVERED);
    instrumentation.report(metrics -> metrics.updateDelivered(path, latency));
    completions.execute(() -> publication.receipt().complete(receipt));
  }

  /** Ends an update that was superseded as soon as it was published. By any thread; another one does it, many at once. */
  void replaced(Publication publication) {
    replaced.add(publication);
    if (!endingReplaced.get() && endingReplaced.compareAndSet(false, true)) {
      completions.execute(this::endReplaced);
    }
  }

  private void endReplaced() {
    endingReplaced.set(false);
    for (Publication next = replaced.poll(); next != null; next = replaced.poll()) {
      ended(List.of(next), UpdateOutcome.SUPERSEDED);
      next.receipt().complete(SUPERSEDED);
    }
  }

  void superseded(List<Publication> publications) {
    if (!publications.isEmpty()) {
      ended(publications, UpdateOutcome.SUPERSEDED);
      completions.execute(
          () -> publications.forEach(publication -> publication.receipt().complete(SUPERSEDED)));
    }
  }

  void failed(Publication publication, AgentCraftException error) {
    failed(List.of(publication), error);
  }

  void failed(List<Publication> publications, AgentCraftException error) {
    if (!publications.isEmpty()) {
      ended(publications, UpdateOutcome.FAILED);
      completions.execute(() ->
          publications.forEach(publication -> publication.receipt().completeExceptionally(error)));
    }
  }

  private void ended(List<Publication> publications, UpdateOutcome outcome) {
    publications.forEach(
        publication -> instrumentation.report(metrics -> metrics.updateEnded(outcome)));
  }
}
