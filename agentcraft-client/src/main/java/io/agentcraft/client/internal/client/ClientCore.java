package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.error.AgentCraftException;
import io.agentcraft.client.error.ClientClosedException;
import io.agentcraft.client.error.NotConnectedException;
import io.agentcraft.client.internal.connection.Connection;
import io.agentcraft.client.internal.connection.ConnectionLoop;
import io.agentcraft.client.internal.connection.EventLoop;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Handshakes;
import io.agentcraft.client.internal.connection.Instrumentation;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.internal.inbound.CallbackBuffer;
import io.agentcraft.client.internal.inbound.InboundFrameHandler;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.internal.publish.Broadcasts;
import io.agentcraft.client.internal.publish.HttpBroadcasts;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.internal.publish.Publishers;
import io.agentcraft.client.internal.transport.CredentialGuard;
import io.agentcraft.client.internal.transport.OkHttpTransport;
import io.agentcraft.client.message.ClientMessage;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One client: puts its parts together, and brings what the front door offers to the loop, which they are confined to. May
 * be called from any thread.
 */
public final class ClientCore {

  private final ClientConfig config;
  private final SharedRuntime runtime = SharedRuntime.acquire();
  private final OwnThreads threads = new OwnThreads();
  private final EventLoop loop;
  private final MessageCodec codec;
  private final Completions completions;
  private final Instrumentation instrumentation;
  private final CallbackBuffer callbacks;
  private final IntSupplier queuedCallbacks;
  private final MessageDispatcher dispatcher;
  private final Registrations registrations;
  private final FrameRateLimiter rateLimiter;
  private final Outbox outbox;
  private final LogStream logStream;
  private final Requests requests;
  private final LivenessProbe probe;
  private final ConnectionLoop connection;
  private final Connector connector;
  private final PublishEngine publishEngine;
  private final Publishers publishers;
  private final ClosingSequence closing;
  private final ShutdownHook.Member shutdown;

  public ClientCore(ClientConfig config) {
    this.config = config;
    Scheduler scheduler = config.scheduler() != null ? config.scheduler() : runtime.scheduler();
    this.loop = new EventLoop(scheduler, runtime.scheduler(), runtime.loopWatch());
    this.codec = MessageCodec.withZone(config.serverTimeZone());
    this.completions = new Completions(runtime.completions(), threads);
    this.instrumentation = new Instrumentation(config.metrics(), config.frameListener());

    ClientConfig.Callbacks options = config.callbacks();
    Executor executor = options.executor() != null ? options.executor() : runtime.callbacks();
    this.callbacks = new CallbackBuffer(
        executor, loop, options.queueBound(), options.overflow(), instrumentation);
    this.queuedCallbacks = callbacks::size;
    this.dispatcher = new MessageDispatcher(callbacks, codec, instrumentation, loop::nanoTime);
    this.registrations = new Registrations(dispatcher, loop, this::state, config.staleAfter());

    this.rateLimiter = new FrameRateLimiter(config.limits().framesPerMinute(), instrumentation);
    this.outbox = new Outbox(loop, rateLimiter);
    this.logStream = new LogStream(codec, outbox);
    this.requests =
        new Requests(loop, codec, outbox, completions, config.timings().request(), instrumentation);
    this.probe = new LivenessProbe(codec, outbox);

    StateReporter reporter =
        new StateReporter(instrumentation, callbacks, dispatcher, registrations);
    this.connection = new ConnectionLoop(
        loop,
        config.connection(),
        handshakes(),
        instrumentation,
        this::frameHandler,
        probe::send,
        reporter::report);
    this.connector = new Connector(connection::state, connection::connect, loop, completions);
    this.publishEngine = publishEngine();
    this.publishers =
        new Publishers(publishEngine, loop, config.publish().textLimit(), this::onFirstPublish);
    this.closing = new ClosingSequence(
        loop,
        publishEngine,
        callbacks,
        outbox,
        connection,
        completions,
        config.publish().drainTimeout(),
        config.timings().close(),
        this::release);
    this.shutdown = new ShutdownHook.Member(
        runtime.shutdownHook(), publishers, closing, config.publish().drainTimeout());
    // In this order they follow the connection.
    connection.follow(List.of(
        rateLimiter,
        callbacks,
        probe,
        outbox,
        logStream,
        requests,
        connector,
        publishEngine,
        shutdown,
        closing));
    instrumentation.report(metrics -> metrics.clientBuilt(queuedCallbacks));
  }

  public Registrations registrations() {
    return registrations;
  }

  public Object endpoint() {
    return connection.endpoint();
  }

  public ConnectionState state() {
    return connection.state();
  }

  public CompletableFuture<ConnectionState> connect() {
    CompletableFuture<ConnectionState> future = new CompletableFuture<>();
    onLoop(future, "The client does not connect", () -> connector.connect(future));
    return future;
  }

  /** Sends a request, whose reply is of this type. */
  public <R extends ServerMessage> CompletableFuture<R> request(
      Requests.Kind kind, String sessionId, Class<R> type) {
    CompletableFuture<ServerMessage> reply = new CompletableFuture<>();
    onLoop(reply, "The request was not sent", () -> request(kind, sessionId, reply));
    // Not thenApply: dependents would see a CompletionException around the error.
    CompletableFuture<R> typed = new CompletableFuture<>();
    CompletableFuture<?> unused = reply.whenComplete((message, error) -> {
      if (error != null) {
        typed.completeExceptionally(error);
      } else {
        typed.complete(type.cast(message));
      }
    });
    unused = typed.whenComplete((done, error) -> {
      if (!reply.isDone()) {
        loop.post(() -> requests.forget(reply));
      }
    });
    return typed;
  }

  private void request(
      Requests.Kind kind, String sessionId, CompletableFuture<ServerMessage> reply) {
    switch (state().status()) {
      case DISCONNECTED ->
        fail(
            reply,
            new NotConnectedException("The request was not sent because the client is not connected"
                + " and not about to be. Call connect() first."));
      case FAILED ->
        fail(
            reply,
            connection.gaveUp(
                Objects.requireNonNull(state().cause()), "its attempts had ended before"));
      default -> requests.send(kind, sessionId, reply);
    }
  }

  public CompletableFuture<Void> send(ClientMessage message) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    Outbox.Frame frame = new Outbox.Frame(
        codec.encode(message),
        () -> completions.execute(() -> future.complete(null)),
        error -> fail(future, error));
    onLoop(future, "The message was not sent", () -> outbox.offer(frame));
    CompletableFuture<?> unused = future.whenComplete((sent, error) -> {
      if (error != null) {
        loop.post(() -> outbox.withdraw(frame));
      }
    });
    return future;
  }

  /** Streams the log lines of a session; {@code null} for none. */
  public void streamLogs(@Nullable String sessionId) {
    if (closing.isStarted()) {
      throw new ClientClosedException("The log stream was not changed");
    }
    loop.post(() -> logStream.select(sessionId));
  }

  public Publishers publishers() {
    return publishers;
  }

  public long droppedMessages() {
    return callbacks.dropped();
  }

  public long malformedFrames() {
    return dispatcher.malformedFrames();
  }

  /** Closes; the future completes when the socket is gone and the last callback has run, or has taken too long. */
  public CompletableFuture<Void> close() {
    return closing.start();
  }

  public Duration longestClose() {
    return closing.longest();
  }

  /** Returns whether waiting for the close on this thread would wait for itself, or block other clients. */
  public boolean isOwnThread() {
    return callbacks.isRunner()
        || threads.isCurrent()
        || connection.isReader()
        || runtime.loopWatch().isLoopThread();
  }

  private void onLoop(CompletableFuture<?> future, String failure, Runnable task) {
    boolean posted = !closing.isStarted()
        && loop.post(() -> {
          if (closing.isStarted()) {
            fail(future, new ClientClosedException(failure));
          } else {
            task.run();
          }
        });
    if (!posted) {
      future.completeExceptionally(new ClientClosedException(failure));
    }
  }

  private void fail(CompletableFuture<?> future, AgentCraftException error) {
    completions.execute(() -> future.completeExceptionally(error));
  }

  private void onFirstPublish() {
    if (config.publish().shutdownHook()) {
      runtime.shutdownHook().add(shutdown);
    }
  }

  private void release() {
    instrumentation.report(metrics -> metrics.clientClosed(queuedCallbacks));
    runtime.release();
  }

  private InboundFrameHandler frameHandler(Connection established) {
    return new InboundFrameHandler(
        established, loop, codec, dispatcher, rateLimiter, List.of(probe, requests, publishEngine));
  }

  private Handshakes handshakes() {
    OkHttpClient client = okHttp()
        .pingInterval(config.timings().webSocketPing())
        .callTimeout(Duration.ZERO)
        // OkHttp's own 10 s would end a handshake that may take longer. It means nothing once open.
        .readTimeout(config.timings().handshake().plusSeconds(5))
        .build();
    ClientConfig.Credentials credentials = config.credentials();
    return new Handshakes(
        new OkHttpTransport(client, config.limits().maxMessageBytes(), loop::now),
        loop,
        config.fixedClientId(),
        credentials.headers(),
        credentials.tokens(),
        this::askForToken);
  }

  private PublishEngine publishEngine() {
    ClientConfig.Credentials credentials = config.credentials();
    String base = config.publish().httpBaseUrl();
    Broadcasts broadcasts = base == null
        ? Broadcasts.UNKNOWN_URL
        : new HttpBroadcasts(
            okHttp().callTimeout(config.timings().request()).build(),
            base + "/api/ws/broadcast",
            credentials.headers(),
            credentials.tokens(),
            this::askForToken,
            loop::now);
    return new PublishEngine(
        loop,
        codec,
        config.publishing(),
        connector,
        rateLimiter,
        instrumentation,
        completions,
        broadcasts);
  }

  private void askForToken(Runnable task) {
    runtime.callbacks().execute(() -> threads.run(task));
  }

  /** Copies the caller's OkHttp client, which shares pools and threads, and guards where credentials go. */
  private OkHttpClient.Builder okHttp() {
    OkHttpClient base = config.okHttpClient() != null ? config.okHttpClient() : runtime.okHttp();
    OkHttpClient.Builder copy =
        CredentialGuard.copyOf(base, config.credentials().plaintextAllowed());
    copy.interceptors().add(0, threads);
    return copy;
  }
}
