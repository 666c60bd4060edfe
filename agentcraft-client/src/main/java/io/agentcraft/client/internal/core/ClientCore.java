package io.agentcraft.client.internal.core;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.internal.config.ClientConfig;
import io.agentcraft.client.internal.connection.ConnectionLoop;
import io.agentcraft.client.internal.connection.ConnectionObserver;
import io.agentcraft.client.internal.connection.Handshakes;
import io.agentcraft.client.internal.connection.InboundFrames;
import io.agentcraft.client.internal.connection.LoopSettings;
import io.agentcraft.client.internal.connection.OpenLink;
import io.agentcraft.client.internal.dispatch.CallbackQueue;
import io.agentcraft.client.internal.dispatch.Delivery;
import io.agentcraft.client.internal.dispatch.Inbound;
import io.agentcraft.client.internal.dispatch.InboundHooks;
import io.agentcraft.client.internal.outbox.FrameBudget;
import io.agentcraft.client.internal.outbox.Outbox;
import io.agentcraft.client.internal.request.RequestKind;
import io.agentcraft.client.internal.request.Requests;
import io.agentcraft.client.internal.runtime.SharedRuntime;
import io.agentcraft.client.internal.transport.OkHttpTransport;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.Pong;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One client's parts, put together: connection, requests, outbox and delivery. Its state is confined to the loop; the
 * public methods may be called from any thread.
 */
public final class ClientCore {

  /** The session of the frame that asks a silent server whether it is there; no server has it. */
  static final String PROBE_SESSION = "liveness-probe";

  private final ClientConfig config;
  private final SharedRuntime runtime = SharedRuntime.acquire();
  private final Scheduler scheduler;
  private final Executor completions;
  private final MessageCodec codec;
  private final CallbackQueue callbacks;
  private final Delivery delivery;
  private final FrameBudget budget;
  private final Outbox outbox;
  private final Requests requests;
  private final Registrations registrations;
  private final LogStream logStream;
  private final ConnectionLog log = new ConnectionLog();
  private final ConnectionLoop loop;
  private final List<CompletableFuture<ConnectionState>> connecting = new ArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final String pong;
  private volatile boolean closeAsked;
  private @Nullable String countedClientId;

  public ClientCore(ClientConfig config) {
    this.config = config;
    this.scheduler = config.scheduler() != null ? config.scheduler() : runtime.scheduler();
    this.completions = runtime.callbacks();
    this.codec = MessageCodec.withZone(config.zone());
    this.pong = codec.encode(new Pong());
    ClientConfig.Callbacks settings = config.callbacks();
    Executor executor = settings.executor() != null ? settings.executor() : runtime.callbacks();
    this.callbacks = new CallbackQueue(executor, settings.queueBound(), settings.overflow());
    this.delivery = new Delivery(callbacks);
    this.budget = new FrameBudget(config.framesPerMinute());
    this.outbox = new Outbox(scheduler, budget);
    this.requests =
        new Requests(scheduler, codec, outbox, completions, config.timings().request());
    this.registrations = new Registrations(delivery, scheduler);
    this.logStream = new LogStream(codec, outbox);
    this.loop = new ConnectionLoop(scheduler, loopSettings(), handshakes(), new Observer());
  }

  public Registrations registrations() {
    return registrations;
  }

  public Object endpoint() {
    return config.endpoints().current();
  }

  /** Checks a session id at the call, where the mistake is. */
  public static String requireSessionId(String sessionId) {
    if (sessionId.isEmpty()) {
      throw new IllegalArgumentException(
          "The session id is empty. Take one from an active_sessions message or from your own session.");
    }
    return sessionId;
  }

  public ConnectionState state() {
    return loop.state();
  }

  public CompletableFuture<ConnectionState> connect() {
    CompletableFuture<ConnectionState> future = new CompletableFuture<>();
    onLoop(future, "connect()", () -> {
      connecting.add(future);
      loop.connect();
      settleConnecting();
    });
    return future;
  }

  /** Asks, and gives the answer in its own type. */
  public <A extends ServerMessage> CompletableFuture<A> ask(
      RequestKind kind, String sessionId, Class<A> type) {
    CompletableFuture<ServerMessage> answer = ask(kind, requireSessionId(sessionId));
    CompletableFuture<A> typed = answer.thenApply(type::cast);
    CompletableFuture<A> unused = typed.whenComplete((done, error) -> {
      if (typed.isCancelled()) {
        post(() -> requests.forget(answer));
      }
    });
    return typed;
  }

  private CompletableFuture<ServerMessage> ask(RequestKind kind, String sessionId) {
    CompletableFuture<ServerMessage> future = new CompletableFuture<>();
    onLoop(future, "The request", () -> {
      switch (loop.state().status()) {
        case DISCONNECTED, FAILED ->
          fail(
              future,
              new NotConnectedException(
                  "The request was not sent because the client is not connected and"
                      + " not about to be. Call connect() first."));
        default -> requests.ask(kind, sessionId, future);
      }
    });
    return future;
  }

  public CompletableFuture<Void> send(ClientMessage message) {
    String frame = codec.encode(message);
    CompletableFuture<Void> future = new CompletableFuture<>();
    onLoop(
        future,
        "The message was not sent",
        () -> outbox.offer(new Outbox.Frame(
            frame,
            () -> completions.execute(() -> future.complete(null)),
            error -> fail(future, error))));
    return future;
  }

  public void streamLogsOf(@Nullable String sessionId) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    onLoop(future, "Log streaming", () -> logStream.wish(sessionId));
    if (future.isCompletedExceptionally()) {
      future.join();
    }
  }

  /** Closes; the future ends when the socket is gone and the last callback has run, or has taken too long. */
  public CompletableFuture<Void> close() {
    boolean first;
    synchronized (closed) {
      first = !closeAsked;
      closeAsked = true;
    }
    if (first) {
      scheduler.execute(loop::close);
    }
    return closed.copy();
  }

  /** Tells whether waiting here would wait for itself. */
  public boolean isOwnThread() {
    return callbacks.isRunner();
  }

  public Duration longestClose() {
    return config.timings().close().multipliedBy(2).plusSeconds(1);
  }

  private void onLoop(CompletableFuture<?> future, String what, Runnable task) {
    if (closeAsked) {
      future.completeExceptionally(new ClientClosedException(what));
      return;
    }
    boolean posted = post(() -> {
      if (closeAsked) {
        fail(future, new ClientClosedException(what));
      } else {
        task.run();
      }
    });
    if (!posted) {
      future.completeExceptionally(new ClientClosedException(what));
    }
  }

  private boolean post(Runnable task) {
    try {
      scheduler.execute(task);
      return true;
    } catch (RejectedExecutionException closedMeanwhile) {
      return false;
    }
  }

  private void fail(CompletableFuture<?> future, AgentCraftException error) {
    completions.execute(() -> future.completeExceptionally(error));
  }

  private void settleConnecting() {
    ConnectionState state = loop.state();
    if (state.isConnected()) {
      List<CompletableFuture<ConnectionState>> done = List.copyOf(connecting);
      connecting.clear();
      completions.execute(() -> done.forEach(future -> future.complete(state)));
    }
  }

  private void failWaiting(AgentCraftException error) {
    requests.failAll(error);
    connecting.forEach(future -> fail(future, error));
    connecting.clear();
  }

  private LoopSettings loopSettings() {
    ClientConfig.Timings timings = config.timings();
    return new LoopSettings(
        config.endpoints(),
        config.reconnectPolicy(),
        timings.handshake(),
        timings.stableAfter(),
        timings.close(),
        timings.liveness(),
        config.credentials().renewable());
  }

  private Handshakes handshakes() {
    OkHttpClient base = config.okHttpClient() != null ? config.okHttpClient() : runtime.okHttp();
    OkHttpClient client = base.newBuilder()
        .pingInterval(config.timings().webSocketPing())
        .callTimeout(Duration.ZERO)
        .followRedirects(false)
        .followSslRedirects(false)
        .build();
    ClientConfig.Credentials credentials = config.credentials();
    return new Handshakes(
        new OkHttpTransport(client, scheduler::now),
        scheduler,
        config.fixedClientId(),
        credentials.headers(),
        credentials.tokens(),
        completions);
  }

  /** What follows from the connection's changes. */
  private final class Observer implements ConnectionObserver {

    @Override
    public void onState(ConnectionState state) {
      log.state(state, config.endpoints().current());
      delivery.state(state);
    }

    @Override
    public void onUp(OpenLink link) {
      if (!link.clientId().equals(countedClientId)) {
        budget.startAnew();
        countedClientId = link.clientId();
      }
      outbox.opened(link);
      logStream.askAgain();
      requests.askAgain();
      settleConnecting();
    }

    @Override
    public void onDown() {
      outbox.lost();
    }

    @Override
    public void onGaveUp(DisconnectCause cause, int attempts, String reason) {
      Throwable error = cause instanceof DisconnectCause.ConnectionLost lost ? lost.error() : null;
      failWaiting(new ConnectionFailedException(
          "The client gave up because " + reason + ": " + cause.description() + " ("
              + config.endpoints().current() + "). connect() starts anew.",
          cause,
          error));
    }

    @Override
    public void onClosed() {
      failWaiting(new ClientClosedException("The request or connection attempt was ended"));
      callbacks.close();
      // The last callbacks may belong to a listener that is stuck: closing does not wait for it for
      // ever.
      Scheduler.Timer patience = scheduler.schedule(config.timings().close(), this::gone);
      registrations.flush();
      callbacks.add(() -> post(() -> {
        patience.cancel();
        gone();
      }));
    }

    private void gone() {
      if (!closed.isDone()) {
        completions.execute(() -> closed.complete(null));
        runtime.release();
      }
    }

    @Override
    public void onProbeDue() {
      outbox.offer(new Outbox.Frame(
          codec.encode(RequestKind.LOGS.question(PROBE_SESSION)), () -> {}, ignored -> {}));
    }

    @Override
    public InboundFrames inbound(OpenLink link, Runnable onFirstMessage) {
      return new Inbound(link, codec, delivery, new Hooks(onFirstMessage));
    }
  }

  /** What the client itself wants of incoming frames. */
  private final class Hooks implements InboundHooks {

    private final Runnable first;

    Hooks(Runnable first) {
      this.first = first;
    }

    @Override
    public void onFirstMessage() {
      first.run();
    }

    @Override
    public void onPing(OpenLink link) {
      link.send(pong);
      post(() -> budget.sent(scheduler.nanoTime()));
    }

    @Override
    public boolean awaits(String type) {
      return requests.awaits(type);
    }

    @Override
    public boolean consume(ServerMessage message) {
      if (message instanceof SessionLogs logs && logs.sessionId().equals(PROBE_SESSION)) {
        return true;
      }
      if (requests.awaits(message.type())) {
        post(() -> requests.answered(message));
      }
      return false;
    }
  }
}
