package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.error.SendRejectedException;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionFollower;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.internal.inbound.InboundFrameHandler.ReplyMatcher;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.metrics.ClientMetrics.RequestOutcome;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Requests that wait for their replies. The protocol has no request ids: a reply is matched by its type and session, and
 * replies to equal requests come in the order of the requests. A request that has no reply when a connection is lost is
 * sent again on the next. Confined to the loop, except for what a {@link ReplyMatcher} is called for.
 */
public final class Requests implements ConnectionFollower, ReplyMatcher {

  private final EventLoop loop;
  private final MessageCodec codec;
  private final Outbox outbox;
  private final Executor completions;
  private final Duration timeout;
  private final Instrumentation instrumentation;
  private volatile List<Request> pending = List.of();

  /** The requests that the protocol has. */
  public enum Kind {
    STATE(
        GetSessionState.TYPE,
        "A server of the documented form does not reply for a session that it does not know: check the id.") {
      @Override
      ClientMessage message(String sessionId) {
        return new GetSessionState(sessionId);
      }

      @Override
      boolean isRepliedToBy(ServerMessage message, String sessionId) {
        return (message instanceof SessionState state && state.sessionId().equals(sessionId))
            || (message instanceof SessionNotFound notFound
                && notFound.sessionId().equals(sessionId));
      }

      @Override
      boolean isRepliedToBy(String type) {
        return type.equals(SessionState.TYPE) || type.equals(SessionNotFound.TYPE);
      }
    },

    LOGS(GetSessionLogs.TYPE, "Raise requestTimeout(…) if the server is slow.") {
      @Override
      ClientMessage message(String sessionId) {
        return new GetSessionLogs(sessionId);
      }

      @Override
      boolean isRepliedToBy(ServerMessage message, String sessionId) {
        return message instanceof SessionLogs logs && logs.sessionId().equals(sessionId);
      }

      @Override
      boolean isRepliedToBy(String type) {
        return type.equals(SessionLogs.TYPE);
      }
    };

    private final String type;
    private final String advice;

    Kind(String type, String advice) {
      this.type = type;
      this.advice = advice;
    }

    abstract ClientMessage message(String sessionId);

    abstract boolean isRepliedToBy(ServerMessage message, String sessionId);

    abstract boolean isRepliedToBy(String type);
  }

  private record Request(
      Kind kind,
      String sessionId,
      CompletableFuture<ServerMessage> reply,
      Outbox.Frame frame,
      Scheduler.Timer timer,
      long sentAt) {}

  /**
   * Creates an empty list.
   *
   * @param completions completes the futures, so that what depends on them never runs on the loop or a reader
   */
  public Requests(
      EventLoop loop,
      MessageCodec codec,
      Outbox outbox,
      Executor completions,
      Duration timeout,
      Instrumentation instrumentation) {
    this.loop = loop;
    this.codec = codec;
    this.outbox = outbox;
    this.completions = completions;
    this.timeout = timeout;
    this.instrumentation = instrumentation;
  }

  /** Sends a request now, or when the connection is back. */
  public void send(Kind kind, String sessionId, CompletableFuture<ServerMessage> reply) {
    Scheduler.Timer timer = loop.schedule(timeout, () -> timedOut(kind, sessionId, reply));
    Request request =
        new Request(kind, sessionId, reply, frame(kind, sessionId, reply), timer, loop.nanoTime());
    List<Request> more = new ArrayList<>(pending);
    more.add(request);
    pending = List.copyOf(more);
    if (outbox.isOpen()) {
      outbox.offer(request.frame());
    }
  }

  /** Forgets a request whose reply nobody waits for any more. */
  public void forget(CompletableFuture<ServerMessage> reply) {
    end(reply, RequestOutcome.FAILED);
  }

  @Override
  public void onUp(Connection connection) {
    pending.forEach(request -> outbox.offer(request.frame()));
  }

  @Override
  public void onGaveUp(AgentCraftException error) {
    failAll(error);
  }

  @Override
  public void onClosed(AgentCraftException error) {
    failAll(error);
  }

  @Override
  public boolean awaits(String type) {
    List<Request> waiting = pending;
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).kind().isRepliedToBy(type)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean accept(ServerMessage message) {
    if (awaits(message.type())) {
      var unused = loop.post(() -> replied(message));
    }
    return false;
  }

  private void replied(ServerMessage message) {
    for (Request request : pending) {
      if (request.kind().isRepliedToBy(message, request.sessionId())) {
        boolean notFound = message instanceof SessionNotFound;
        end(request, notFound ? RequestOutcome.NOT_FOUND : RequestOutcome.ANSWERED);
        if (notFound) {
          fail(request.reply(), new SessionNotFoundException(request.sessionId()));
        } else {
          completions.execute(() -> request.reply().complete(message));
        }
        return;
      }
    }
  }

  private void failAll(AgentCraftException error) {
    for (Request request : pending) {
      end(request, RequestOutcome.FAILED);
      fail(request.reply(), error);
    }
  }

  private Outbox.Frame frame(Kind kind, String sessionId, CompletableFuture<ServerMessage> reply) {
    return new Outbox.Frame(codec.encode(kind.message(sessionId)), () -> {}, error -> {
      // Any other failure means that the connection is closing: the request is sent again on the
      // next.
      if (error instanceof SendRejectedException) {
        forget(reply);
        fail(reply, error);
      }
    });
  }

  private void timedOut(Kind kind, String sessionId, CompletableFuture<ServerMessage> reply) {
    end(reply, RequestOutcome.TIMED_OUT);
    fail(
        reply,
        new RequestTimeoutException("No reply to " + kind.type
            + " for session \"" + sessionId + "\" within "
            + timeout.toMillis() + " ms"
            + (outbox.isOpen() ? ". " : "; the connection is not open. ")
            + kind.advice));
  }

  private void fail(CompletableFuture<ServerMessage> reply, AgentCraftException error) {
    completions.execute(() -> reply.completeExceptionally(error));
  }

  private void end(CompletableFuture<ServerMessage> reply, RequestOutcome outcome) {
    pending.stream()
        .filter(request -> request.reply() == reply)
        .findFirst()
        .ifPresent(request -> end(request, outcome));
  }

  private void end(Request request, RequestOutcome outcome) {
    Duration latency = Duration.ofNanos(loop.nanoTime() - request.sentAt());
    instrumentation.report(metrics -> metrics.requestEnded(request.kind().type, outcome, latency));
    request.timer().cancel();
    // Sent late, it would only take the place of a request whose caller still waits.
    outbox.withdraw(request.frame());
    List<Request> fewer = new ArrayList<>(pending);
    fewer.remove(request);
    pending = List.copyOf(fewer);
  }
}
