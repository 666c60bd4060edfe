package io.agentcraft.client.internal.client;

import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.internal.connection.Handshakes;
import io.agentcraft.client.internal.connection.LoopSettings;
import io.agentcraft.client.internal.inbound.CallbackBuffer;
import io.agentcraft.client.internal.inbound.MessageDispatcher;
import io.agentcraft.client.internal.connection.Meter;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.internal.connection.Outbox;
import io.agentcraft.client.internal.publish.Broadcasts;
import io.agentcraft.client.internal.publish.HttpBroadcasts;
import io.agentcraft.client.internal.publish.Publishers;
import io.agentcraft.client.internal.publish.PublishEngine;
import io.agentcraft.client.internal.connection.LoopTasks;
import io.agentcraft.client.internal.transport.CredentialGuard;
import io.agentcraft.client.internal.transport.OkHttpTransport;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import okhttp3.OkHttpClient;

/** What one client is made of, as its options say. */
final class ClientParts {

  final ClientConfig config;
  final SharedRuntime runtime = SharedRuntime.acquire();
  final Scheduler scheduler;
  final Completions completions;
  final MessageCodec codec;
  final Meter meter;
  final CallbackBuffer callbacks;
  final IntSupplier queuedCallbacks;
  final MessageDispatcher delivery;
  final FrameRateLimiter budget;
  final Outbox outbox;
  final Requests requests;
  final LogStream logStream;
  final Probe probe;

  ClientParts(ClientConfig config) {
    this.config = config;
    this.scheduler = config.scheduler() != null ? config.scheduler() : runtime.scheduler();
    this.completions = new Completions(runtime.callbacks());
    this.codec = MessageCodec.withZone(config.zone());
    ClientConfig.Callbacks settings = config.callbacks();
    Executor executor = settings.executor() != null ? settings.executor() : runtime.callbacks();
    this.meter = new Meter(config.metrics());
    this.callbacks =
        new CallbackBuffer(executor, scheduler, settings.queueBound(), settings.overflow(), meter);
    this.queuedCallbacks = callbacks::size;
    this.delivery = new MessageDispatcher(callbacks, codec, meter, scheduler::nanoTime);
    this.budget = new FrameRateLimiter(config.limits().framesPerMinute(), meter);
    this.outbox = new Outbox(scheduler, budget);
    this.requests =
        new Requests(scheduler, codec, outbox, completions, config.timings().request(), meter);
    this.logStream = new LogStream(codec, outbox);
    this.probe = new Probe(codec);
  }

  /** Hands a task to the loop; {@code false} if the loop is gone, because the client is closed. */
  boolean post(Runnable task) {
    return LoopTasks.post(scheduler, task);
  }

  /** Gives back what is shared, and forgets the queue. */
  void release() {
    meter.tell(metrics -> metrics.clientClosed(queuedCallbacks));
    runtime.release();
  }

  LoopSettings loopSettings() {
    ClientConfig.Timings timings = config.timings();
    return new LoopSettings(
        config.endpoints(),
        config.reconnectPolicy(),
        timings.handshake(),
        timings.backoffResetAfter(),
        timings.close(),
        timings.liveness(),
        config.credentials().renewable());
  }

  Handshakes handshakes() {
    OkHttpClient client = okHttp()
        .pingInterval(config.timings().webSocketPing())
        .callTimeout(Duration.ZERO)
        // OkHttp's own 10 s would end a handshake that may take longer. It means nothing once open.
        .readTimeout(config.timings().handshake().plusSeconds(5))
        .build();
    ClientConfig.Credentials credentials = config.credentials();
    return new Handshakes(
        new OkHttpTransport(client, config.limits().maxMessageBytes(), scheduler::now),
        scheduler,
        config.fixedClientId(),
        credentials.headers(),
        credentials.tokens(),
        runtime.callbacks());
  }

  Publishers publishers(PublishEngine.Connector connector) {
    ClientConfig.Credentials credentials = config.credentials();
    OkHttpClient client = okHttp().callTimeout(config.timings().request()).build();
    String base = config.publish().httpBaseUrl();
    Broadcasts broadcasts = base == null
        ? Broadcasts.NOWHERE
        : new HttpBroadcasts(
            client,
            base + "/api/ws/broadcast",
            credentials.headers(),
            credentials.tokens(),
            runtime.callbacks(),
            scheduler::now);
    return new Publishers(
        config.publish().path(),
        scheduler,
        codec,
        budget,
        meter,
        completions,
        broadcasts,
        config.reconnectPolicy(),
        credentials.renewable(),
        connector);
  }

  /** Begins a copy of the caller's client: it shares pools and threads, and takes care where a token goes. */
  private OkHttpClient.Builder okHttp() {
    OkHttpClient base = config.okHttpClient() != null ? config.okHttpClient() : runtime.okHttp();
    return CredentialGuard.copyOf(base, config.credentials().plaintextAllowed());
  }
}
