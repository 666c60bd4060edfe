package io.agentcraft.client.internal.client;

import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.internal.codec.Surrogates;
import io.agentcraft.client.internal.connection.ConnectionLoop;
import io.agentcraft.client.internal.connection.Observers;
import io.agentcraft.client.internal.connection.Tap;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.internal.publish.Publishers;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.publish.AgentPublisher;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client's parts at work: what the front door offers, brought to the loop. May be called from any thread.
 */
public final class ClientCore {

  private final ClientParts parts;
  private final Registrations registrations;
  private final Publishers publishers;
  private final ConnectWaits connectWaits;
  private final ConnectionLoop loop;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicBoolean closeAsked = new AtomicBoolean();

  public ClientCore(ClientConfig config) {
    this.parts = new ClientParts(config);
    this.registrations = new Registrations(parts.delivery, parts.scheduler, this::state);
    this.connectWaits = new ConnectWaits(parts.completions);
    this.publishers =
        parts.publishers(new PublishConnector(parts.scheduler, this::state, this::connectNow));
    this.loop = new ConnectionLoop(
        parts.scheduler,
        parts.loopSettings(),
        parts.handshakes(),
        new Reactions(parts, publishers.publishing(), registrations, connectWaits, closed),
        new Observers(parts.meter, new Tap(config.frameListener())));
    parts.meter.tell(metrics -> metrics.clientBuilt(parts.queuedCallbacks));
  }

  /** Checks a session id at the call, where the mistake is. */
  public static String requireSessionId(String sessionId) {
    if (Objects.requireNonNull(sessionId, "sessionId").isEmpty()) {
      throw new IllegalArgumentException(
          "The session id is empty. Take one from an active_sessions message or from your own session.");
    }
    if (Surrogates.firstUnpaired(sessionId) >= 0) {
      throw new IllegalArgumentException(
          "The session id has half a character (an unpaired surrogate), which no server can be asked for."
              + " Take one from an active_sessions message.");
    }
    return sessionId;
  }

  public Registrations registrations() {
    return registrations;
  }

  public Object endpoint() {
    return loop.endpoint();
  }

  public ConnectionState state() {
    return loop.state();
  }

  public CompletableFuture<ConnectionState> connect() {
    CompletableFuture<ConnectionState> future = new CompletableFuture<>();
    onLoop(future, "The client does not connect", () -> {
      connectWaits.add(future);
      loop.connect();
      connectWaits.completeIfConnected(loop.state());
    });
    return future;
  }

  /** Asks, and gives the answer in its own type. */
  public <A extends ServerMessage> CompletableFuture<A> ask(
      RequestKind kind, String sessionId, Class<A> type) {
    CompletableFuture<ServerMessage> answer = ask(kind, requireSessionId(sessionId));
    // Not thenApply: dependents would see a CompletionException around the error.
    CompletableFuture<A> typed = new CompletableFuture<>();
    CompletableFuture<?> unused = answer.whenComplete((message, error) -> {
      if (error != null) {
        typed.completeExceptionally(error);
      } else {
        typed.complete(type.cast(message));
      }
    });
    unused = typed.whenComplete((done, error) -> {
      if (!answer.isDone()) {
        parts.post(() -> parts.requests.forget(answer));
      }
    });
    return typed;
  }

  private CompletableFuture<ServerMessage> ask(RequestKind kind, String sessionId) {
    CompletableFuture<ServerMessage> future = new CompletableFuture<>();
    onLoop(future, "The request was not sent", () -> {
      switch (loop.state().status()) {
        case DISCONNECTED ->
          fail(
              future,
              new NotConnectedException(
                  "The request was not sent because the client is not connected and"
                      + " not about to be. Call connect() first."));
        case FAILED ->
          fail(
              future,
              GaveUp.because(
                  Objects.requireNonNull(loop.state().cause()),
                  "its attempts had ended before",
                  loop.endpoint()));
        default -> parts.requests.ask(kind, sessionId, future);
      }
    });
    return future;
  }

  public CompletableFuture<Void> send(ClientMessage message) {
    String frame = parts.codec.encode(message);
    CompletableFuture<Void> future = new CompletableFuture<>();
    onLoop(
        future,
        "The message was not sent",
        () -> parts.outbox.offer(new Outbox.Frame(
            frame,
            () -> parts.completions.execute(() -> future.complete(null)),
            error -> fail(future, error))));
    return future;
  }

  public void streamLogsOf(@Nullable String sessionId) {
    if (closeAsked.get()) {
      throw new ClientClosedException("The log stream was not changed");
    }
    parts.post(() -> parts.logStream.wish(sessionId));
  }

  public AgentPublisher agent(String id, String name) {
    return publishers.agent(id, name);
  }

  /** Closes; the future ends when the socket is gone and the last callback has run, or has taken too long. */
  public CompletableFuture<Void> close() {
    if (closeAsked.compareAndSet(false, true)) {
      boolean posted = parts.post(
          () -> publishers.publishing().close(parts.config.publish().drainTimeout(), this::closeNow));
      if (!posted) {
        abandon();
      }
    }
    return closed.copy();
  }

  /** The caller's scheduler has ended before the client: what needs no timer is done all the same. */
  private void abandon() {
    parts.callbacks.close();
    loop.abandon();
    closed.complete(null);
    parts.release();
  }

  public long droppedMessages() {
    return parts.callbacks.dropped();
  }

  public long malformedFrames() {
    return parts.delivery.malformedFrames();
  }

  /** Tells whether waiting here would wait for itself. */
  public boolean isOwnThread() {
    return parts.callbacks.isRunner() || parts.completions.isRunner();
  }

  public Duration longestClose() {
    Duration grace = parts.config.publish().drainTimeout();
    return parts.config.timings().close().multipliedBy(2).plus(grace).plusSeconds(1);
  }

  private void closeNow() {
    // A reader that waits for slow listeners could not read the server's close frame.
    parts.callbacks.close();
    parts.outbox.close();
    loop.close();
  }

  private void connectNow() {
    loop.connect();
  }

  private void onLoop(CompletableFuture<?> future, String what, Runnable task) {
    boolean posted = !closeAsked.get()
        && parts.post(() -> {
          if (closeAsked.get()) {
            fail(future, new ClientClosedException(what));
          } else {
            task.run();
          }
        });
    if (!posted) {
      future.completeExceptionally(new ClientClosedException(what));
    }
  }

  private void fail(CompletableFuture<?> future, AgentCraftException error) {
    parts.completions.execute(() -> future.completeExceptionally(error));
  }
}
