package io.agentcraft.client.internal.publish;

import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.PublishFailedException;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the receipts of updates, each in a task of its own: user code that depends on one receipt may block, and must
 * not delay the others. Receipts of updates that were replaced as soon as they were published share a task.
 */
final class Receipts {

  private static final Logger LOG = LoggerFactory.getLogger("io.agentcraft.client");

  private static final PublishReceipt SUPERSEDED = new PublishReceipt.Superseded();

  private final Executor completions;
  private final Instrumentation instrumentation;
  private final Queue<Publication> replaced = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean completingReplaced = new AtomicBoolean();

  Receipts(Executor completions, Instrumentation instrumentation) {
    this.completions = completions;
    this.instrumentation = instrumentation;
  }

  void delivered(Publication publication, PublishTransport transport, long now) {
    publication.delivered();
    Duration latency = latency(publication, now);
    report(UpdateOutcome.DELIVERED);
    instrumentation.report(metrics -> metrics.updateDelivered(transport, latency));
    complete(publication, new PublishReceipt.Delivered(transport, latency));
  }

  void deliveredOverHttp(Publication publication, long now) {
    delivered(publication, PublishTransport.HTTP, now);
  }

  /** A server accepted a post that was not relayed over the open WebSocket. */
  void accepted(Publication publication, long now) {
    publication.delivered();
    report(UpdateOutcome.ACCEPTED);
    complete(
        publication, new PublishReceipt.Accepted(PublishTransport.HTTP, latency(publication, now)));
  }

  void superseded(List<Publication> publications) {
    publications.forEach(this::superseded);
  }

  private void superseded(Publication publication) {
    publication.notDelivered();
    completeSuperseded(publication);
  }

  private void completeSuperseded(Publication publication) {
    report(UpdateOutcome.SUPERSEDED);
    complete(publication, SUPERSEDED);
  }

  void failed(List<Publication> publications, AgentCraftException error) {
    publications.forEach(publication -> failed(publication, error));
  }

  void failed(Publication publication, AgentCraftException error) {
    publication.notDelivered();
    report(UpdateOutcome.FAILED);
    completions.execute(() -> publication.receipt().completeExceptionally(error));
  }

  /** The client is closed: fails what is left, and completes what a task that is blocked by user code has left. */
  void undelivered(List<Publication> left) {
    failed(
        left,
        new ClientClosedException(
            "The update was not published within the time that drainTimeout(…) and the server's limit of frames allow"));
    long ends = left.stream().filter(Publication::isEnd).count();
    if (ends > 0) {
      LOG.warn(
          "{} ends of agents and sessions were not delivered before the client was closed: people may see them at"
              + " work still. Over the WebSocket, a server accepts a limited number of frames a minute; a longer"
              + " drainTimeout(…) helps, and a server with /api/ws/broadcast.",
          ends);
    }
    replaced(this::completeSuperseded);
  }

  /** There is nothing to tell of an update: what it says was told by others, or the server's form has no place for it. */
  void nothingToTell(Publication publication) {
    if (publication.endsSession()) {
      failed(
          publication,
          new PublishFailedException(
              "The end of the session was not published because the server knows sessions by their agents only, and"
                  + " this one has none. Add an agent with session.agent(…).",
              null));
    } else {
      superseded(publication);
    }
  }

  /** Takes an update that was replaced as soon as it was published. May be called from any thread. */
  void addReplaced(Publication publication) {
    replaced.add(publication);
  }

  /** Completes the receipts of updates that were replaced, many at once. May be called from any thread. */
  void completeReplacedSoon() {
    // Read first: many threads may publish at the same time.
    if (!completingReplaced.get() && completingReplaced.compareAndSet(false, true)) {
      completions.execute(this::completeReplaced);
    }
  }

  private void completeReplaced() {
    completingReplaced.set(false);
    replaced(next -> {
      report(UpdateOutcome.SUPERSEDED);
      next.receipt().complete(SUPERSEDED);
    });
  }

  private void replaced(Consumer<Publication> end) {
    for (Publication next = replaced.poll(); next != null; next = replaced.poll()) {
      end.accept(next);
    }
  }

  private void complete(Publication publication, PublishReceipt receipt) {
    completions.execute(() -> publication.receipt().complete(receipt));
  }

  private void report(UpdateOutcome outcome) {
    instrumentation.report(metrics -> metrics.updateEnded(outcome));
  }

  private static Duration latency(Publication publication, long now) {
    return Duration.ofNanos(now - publication.acceptedAt());
  }
}
