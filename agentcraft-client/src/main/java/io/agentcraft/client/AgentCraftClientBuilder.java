package io.agentcraft.client;

import io.agentcraft.client.internal.client.ClientConfig;
import io.agentcraft.client.internal.client.EndpointParser;
import io.agentcraft.client.internal.client.Libraries;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.client.record.FrameListener;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The options of an {@link AgentCraftClient}, with the protocol's defaults. What cannot work fails at {@link #build()}
 * with an {@link IllegalArgumentException} that says what would. Not safe for use by several threads.
 */
public final class AgentCraftClientBuilder extends ConnectionOptions {

  /** Stands for "no limit" in {@link #framesPerMinute(int)}. */
  public static final int UNLIMITED_FRAMES = FrameRateLimiter.UNLIMITED;

  private final String url;
  private ZoneId zone = ZoneOffset.UTC;
  private @Nullable Executor callbackExecutor;
  private int callbackQueue = 1_024;
  private OverflowStrategy overflow = OverflowStrategy.BLOCK;
  private int framesPerMinute = 60;
  private int maxMessageBytes = 16 << 20;
  private PublishTransport publishTransport = PublishTransport.AUTO;
  private @Nullable String httpBaseUrl;
  private Duration drainTimeout = Duration.ofSeconds(2);
  private @Nullable Scheduler scheduler;
  private @Nullable ClientMetrics metrics;
  private @Nullable FrameListener frameListener;

  AgentCraftClientBuilder(String url) {
    this.url = url;
  }

  /**
   * In which zone a timestamp is read that names none; UTC by default.
   *
   * @param zone the server's zone
   * @return this builder
   */
  public AgentCraftClientBuilder serverTimeZone(ZoneId zone) {
    this.zone = Objects.requireNonNull(zone, "zone");
    return this;
  }

  /**
   * Where messages are decoded and listeners run; by default on daemon threads that all clients share. Still one listener
   * at a time for each client. Not shut down by the client. While it refuses tasks, because it is full, callbacks wait for
   * it.
   *
   * @param executor the executor, which has threads of its own: run on the calling thread, listeners would hold up the
   *     network and the client's timers
   * @return this builder
   */
  public AgentCraftClientBuilder callbackExecutor(Executor executor) {
    this.callbackExecutor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * How many messages may wait for slow listeners, and what happens then; 1,024 and {@link OverflowStrategy#BLOCK} by default. With
   * {@code BLOCK}, reading also pauses while what waits has more than a million characters in all.
   *
   * @param bound at least 1
   * @param overflow what happens when so many wait
   * @return this builder
   */
  public AgentCraftClientBuilder callbackQueue(int bound, OverflowStrategy overflow) {
    this.callbackQueue = bound;
    this.overflow = Objects.requireNonNull(overflow, "overflow");
    return this;
  }

  /**
   * How many frames a minute the server takes from one client before it drops the rest without a word; 60 by default.
   * The client stays below it.
   *
   * @param frames at least 1; {@link #UNLIMITED_FRAMES} for a server without such a rule
   * @return this builder
   */
  public AgentCraftClientBuilder framesPerMinute(int frames) {
    this.framesPerMinute = frames;
    return this;
  }

  /**
   * How large a message from the server may be; 16 MiB by default. A larger one never enters the memory: it is left out and
   * reported to the error listener, and the connection goes on. (One sent in several frames arrives cut, as malformed; one
   * that is compressed and grows beyond the bound, as it comes or inflated, ends the connection.)
   *
   * @param bytes the bound in bytes, at least 1
   * @return this builder
   */
  public AgentCraftClientBuilder maxMessageBytes(int bytes) {
    this.maxMessageBytes = bytes;
    return this;
  }

  /**
   * How {@code agent(…)} publishes; {@link PublishTransport#AUTO} by default.
   *
   * @param path the path
   * @return this builder
   */
  public AgentCraftClientBuilder publishTransport(PublishTransport path) {
    this.publishTransport = Objects.requireNonNull(path, "path");
    return this;
  }

  /**
   * Where {@code /api/ws/broadcast} is, when not beside the WebSocket. By default a prefix of the socket's path is kept:
   * for {@code wss://HOST/team/a/api/ws/agent-tracking} and {@code wss://HOST/team/a/ws/agent-tracking}, with a client id
   * behind it or without, the base is {@code https://HOST/team/a}. A URL without a path has its host and port as the base. Of
   * any other path the base is not known, and nothing is guessed: until it is set here, updates go over the socket only,
   * and what cannot fails with a {@code PublishFailedException} that says so.
   *
   * @param url {@code http://} or {@code https://} ({@code ws://} and {@code wss://} mean the same) with host and port, and
   *     a path before {@code /api} if there is one; no query and no fragment
   * @return this builder
   */
  public AgentCraftClientBuilder httpBaseUrl(String url) {
    this.httpBaseUrl = Objects.requireNonNull(url, "url");
    return this;
  }

  /**
   * How long closing waits for published updates that are not confirmed yet, final ones first; 2 s by default.
   *
   * @param grace zero for not at all
   * @return this builder
   */
  public AgentCraftClientBuilder drainTimeout(Duration grace) {
    this.drainTimeout = Objects.requireNonNull(grace, "grace");
    return this;
  }

  /**
   * Counts and times what the client does; nothing by default. A ready one for Micrometer is {@code
   * MicrometerMetrics.of(registry)}.
   *
   * @param metrics is told; may be shared by clients
   * @return this builder
   */
  public AgentCraftClientBuilder metrics(ClientMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    return this;
  }

  /**
   * Shows all text frames of the client's connections to a listener, for example a {@code FrameRecorder}.
   *
   * @param listener is shown the frames, on the threads that read and send
   * @return this builder
   */
  public AgentCraftClientBuilder frameListener(FrameListener listener) {
    this.frameListener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Takes time and timers from elsewhere: for tests.
   *
   * @param scheduler the scheduler
   * @return this builder
   */
  public AgentCraftClientBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * Builds the client. No network is touched and no thread started before {@link AgentCraftClient#connect()}.
   *
   * @return the client
   * @throws IllegalArgumentException if the URL, the client id or an option cannot work
   * @throws IllegalStateException if the OkHttp or Jackson on the class path is too old
   */
  public AgentCraftClient build() {
    Libraries.requireNewEnough();
    EndpointParser.Parsed server = EndpointParser.parse(url);
    String base = httpBaseUrl == null ? server.httpBaseUrl() : EndpointParser.httpBaseUrl(httpBaseUrl);
    ClientConfig.Credentials credentials = credentials();
    credentials.requireEncryption(server.origin());
    if (base != null) {
      credentials.requireEncryption(base);
    }
    return new AgentCraftClient(new ClientConfig(
        server.endpoints(),
        fixedClientId(server.clientId()),
        credentials,
        policy(),
        timings(),
        zone,
        new ClientConfig.Callbacks(callbackExecutor, callbackQueue, overflow),
        new ClientConfig.Publish(publishTransport, base, drainTimeout),
        new ClientConfig.Limits(framesPerMinute, maxMessageBytes),
        callersOkHttp(),
        scheduler,
        metrics,
        frameListener));
  }

  @Override
  AgentCraftClientBuilder self() {
    return this;
  }
}
