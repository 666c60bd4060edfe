package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.internal.connection.Meter;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.metrics.ClientMetrics.RequestOutcome;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Questions that wait for their answers. Answers to the same question come in the order in which it was asked; what is
 * unanswered when a connection is lost is asked again on the next. Confined to the loop, but for {@link
 * #awaits(String)}.
 */
public final class Requests {

  private final Scheduler scheduler;
  private final MessageCodec codec;
  private final Outbox outbox;
  private final Executor completions;
  private final Duration timeout;
  private final Meter meter;
  private volatile List<Pending> pending = List.of();

  /**
   * Makes an empty book.
   *
   * @param completions completes the futures, so that what depends on them never runs on the loop or a reader
   */
  public Requests(
      Scheduler scheduler,
      MessageCodec codec,
      Outbox outbox,
      Executor completions,
      Duration timeout,
      Meter meter) {
    this.scheduler = scheduler;
    this.codec = codec;
    this.outbox = outbox;
    this.completions = completions;
    this.timeout = timeout;
    this.meter = meter;
  }

  /** Tells whether a message of this type may be an answer that is waited for. Called by reader threads. */
  public boolean awaits(String type) {
    List<Pending> waiting = pending;
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).kind().isAnsweredBy(type)) {
        return true;
      }
    }
    return false;
  }

  /** Asks now, or when the connection is back. */
  public void ask(RequestKind kind, String sessionId, CompletableFuture<ServerMessage> answer) {
    Scheduler.Timer timer = scheduler.schedule(timeout, () -> timedOut(kind, sessionId, answer));
    Pending request = new Pending(
        kind, sessionId, answer, frame(kind, sessionId, answer), timer, scheduler.nanoTime());
    List<Pending> more = new ArrayList<>(pending);
    more.add(request);
    pending = List.copyOf(more);
    if (outbox.isOpen()) {
      outbox.offer(request.frame());
    }
  }

  /** Asks again what is unanswered: on a new connection. */
  public void askAgain() {
    pending.forEach(request -> outbox.offer(request.frame()));
  }

  /** Ends the oldest question that this message answers. */
  public void answered(ServerMessage message) {
    for (Pending request : pending) {
      if (request.isAnsweredBy(message)) {
        boolean notFound = message instanceof SessionNotFound;
        end(request, notFound ? RequestOutcome.NOT_FOUND : RequestOutcome.ANSWERED);
        complete(request, message);
        return;
      }
    }
  }

  /** Forgets a question whose asker lost interest. */
  public void forget(CompletableFuture<ServerMessage> answer) {
    end(answer, RequestOutcome.FAILED);
  }

  private void end(CompletableFuture<ServerMessage> answer, RequestOutcome outcome) {
    pending.stream()
        .filter(request -> request.answer() == answer)
        .findFirst()
        .ifPresent(request -> end(request, outcome));
  }

  /** Fails all questions. */
  public void failAll(AgentCraftException error) {
    for (Pending request : pending) {
      end(request, RequestOutcome.FAILED);
      fail(request.answer(), error);
    }
  }

  private Outbox.Frame frame(
      RequestKind kind, String sessionId, CompletableFuture<ServerMessage> answer) {
    return new Outbox.Frame(codec.encode(kind.question(sessionId)), () -> {}, error -> {
      // Any other failure means that the connection is going: then it is asked again on the next.
      if (error instanceof SendRejectedException) {
        forget(answer);
        fail(answer, error);
      }
    });
  }

  private void timedOut(
      RequestKind kind, String sessionId, CompletableFuture<ServerMessage> answer) {
    end(answer, RequestOutcome.TIMED_OUT);
    fail(
        answer,
        new RequestTimeoutException("No answer to " + kind.type()
            + " for session \"" + sessionId + "\" within "
            + timeout.toMillis() + " ms"
            + (outbox.isOpen() ? ". " : "; the connection is not open. ")
            + kind.advice()));
  }

  private void complete(Pending request, ServerMessage message) {
    if (message instanceof SessionNotFound notFound) {
      fail(request.answer(), new SessionNotFoundException(notFound.sessionId()));
    } else {
      completions.execute(() -> request.answer().complete(message));
    }
  }

  private void fail(CompletableFuture<ServerMessage> answer, AgentCraftException error) {
    completions.execute(() -> answer.completeExceptionally(error));
  }

  private void end(Pending request, RequestOutcome outcome) {
    Duration latency = Duration.ofNanos(scheduler.nanoTime() - request.askedAt());
    meter.tell(metrics -> metrics.requestEnded(request.kind().type(), outcome, latency));
    request.timer().cancel();
    // Sent late, it would only take the place of a question whose asker still waits.
    outbox.withdraw(request.frame());
    List<Pending> fewer = new ArrayList<>(pending);
    fewer.remove(request);
    pending = List.copyOf(fewer);
  }
}
