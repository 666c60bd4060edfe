package io.agentcraft.client;

import io.agentcraft.client.internal.client.ClientConfig;
import io.agentcraft.client.internal.client.EndpointParser;
import io.agentcraft.client.internal.client.Libraries;
import io.agentcraft.client.internal.connection.FrameRateLimiter;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.PublishForm;
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
 * The options of an {@link AgentCraftClient}, with the protocol's defaults. Options that cannot work make {@link #build()}
 * throw an {@link IllegalArgumentException} that says what to change. Not safe for use by several threads.
 */
public final class AgentCraftClientBuilder extends ConnectionOptions {

  /** No limit, for {@link #framesPerMinute(int)}. */
  public static final int UNLIMITED_FRAMES = FrameRateLimiter.UNLIMITED;

  private final String url;
  private ZoneId zone = ZoneOffset.UTC;
  private @Nullable Executor callbackExecutor;
  private int callbackQueue = 1_024;
  private OverflowStrategy overflow = OverflowStrategy.BLOCK;
  private @Nullable Duration staleAfter;
  private int framesPerMinute = 60;
  private int maxMessageBytes = 16 << 20;
  private PublishTransport publishTransport = PublishTransport.AUTO;
  private PublishForm publishForm = PublishForm.AUTO;
  private Duration publishReminder = Duration.ofSeconds(30);
  private int publishTextLimit = 500;
  private boolean shutdownHook = true;
  private @Nullable String httpBaseUrl;
  private Duration drainTimeout = Duration.ofSeconds(2);
  private @Nullable Scheduler scheduler;
  private @Nullable ClientMetrics metrics;
  private @Nullable FrameListener frameListener;

  AgentCraftClientBuilder(String url) {
    this.url = url;
  }

  /**
   * Sets the time zone in which timestamps without a zone are read; UTC by default.
   *
   * @param zone the server's zone
   * @return this builder
   */
  public AgentCraftClientBuilder serverTimeZone(ZoneId zone) {
    this.zone = Objects.requireNonNull(zone, "zone");
    return this;
  }

  /**
   * Sets the executor on which messages are decoded and listeners run; by default, daemon threads that all clients share. A
   * client still runs one listener at a time. The client does not shut the executor down. While the executor rejects tasks
   * because it is full, callbacks wait for it.
   *
   * @param executor the executor, which must have threads of its own: run on the calling thread, listeners would block the
   *     network and the client's timers
   * @return this builder
   */
  public AgentCraftClientBuilder callbackExecutor(Executor executor) {
    this.callbackExecutor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets how many messages are buffered for slow listeners, and what happens when the buffer is full; 1,024 and {@link
   * OverflowStrategy#BLOCK} by default. The buffer is also full when the messages in it have about a million characters.
   *
   * @param bound at least 1
   * @param overflow what happens when the buffer is full
   * @return this builder
   */
  public AgentCraftClientBuilder callbackQueue(int bound, OverflowStrategy overflow) {
    this.callbackQueue = bound;
    this.overflow = Objects.requireNonNull(overflow, "overflow");
    return this;
  }

  /**
   * Sets after which time of silence an agent at work is {@linkplain io.agentcraft.client.view.AgentView#stale() stale}: the
   * board marks it, and {@code onAgentChange} reports it with {@link io.agentcraft.client.view.AgentChange.Field#STALE}. By
   * default, silence is not watched. Programs that publish repeat the state of an agent at work every 30 s, so use more than
   * that.
   *
   * @param silence more than zero
   * @return this builder
   */
  public AgentCraftClientBuilder staleAfter(Duration silence) {
    this.staleAfter = Objects.requireNonNull(silence, "silence");
    return this;
  }

  /**
   * Sets how many frames a minute the server accepts from one client before it silently drops the rest; 60 by default. The
   * client stays below that.
   *
   * @param frames at least 1; {@link #UNLIMITED_FRAMES} for a server without such a rule
   * @return this builder
   */
  public AgentCraftClientBuilder framesPerMinute(int frames) {
    this.framesPerMinute = frames;
    return this;
  }

  /**
   * Sets how large a message from the server may be; 16 MiB by default. A larger one never enters the memory: it is left
   * out and reported to the error listener, and the connection goes on. (Of one that is sent in several frames, no more is kept
   * than the bound. One that is compressed and grows beyond the bound, compressed or inflated, ends the connection.)
   *
   * @param bytes the bound in bytes, at least 1
   * @return this builder
   */
  public AgentCraftClientBuilder maxMessageBytes(int bytes) {
    this.maxMessageBytes = bytes;
    return this;
  }

  /**
   * Sets how {@code agent(…)} and {@code session(…)} publish; {@link PublishTransport#AUTO} by default.
   *
   * @param transport the transport
   * @return this builder
   */
  public AgentCraftClientBuilder publishTransport(PublishTransport transport) {
    this.publishTransport = Objects.requireNonNull(transport, "transport");
    return this;
  }

  /**
   * Sets how what is published is told; {@link PublishForm#AUTO} by default.
   *
   * @param form the form
   * @return this builder
   */
  public AgentCraftClientBuilder publishForm(PublishForm form) {
    this.publishForm = Objects.requireNonNull(form, "form");
    return this;
  }

  /**
   * Sets after how long an open session of which nothing is published is told again, so that whoever connected meanwhile
   * sees it; 30 s by default.
   *
   * @param interval zero for never
   * @return this builder
   */
  public AgentCraftClientBuilder publishReminder(Duration interval) {
    this.publishReminder = Objects.requireNonNull(interval, "interval");
    return this;
  }

  /**
   * Sets the length of the longest text that is published; 500 characters by default. A longer one is cut.
   *
   * @param characters at least 1
   * @return this builder
   */
  public AgentCraftClientBuilder publishTextLimit(int characters) {
    this.publishTextLimit = characters;
    return this;
  }

  /**
   * Sets whether the client ends what it has published when the JVM shuts down; {@code true} by default. A shutdown hook, one
   * for all clients, is registered with the first update and removed by {@link AgentCraftClient#close()}. On SIGTERM, {@code
   * System.exit}, and when {@code main} returns without closing the client, open tasks and sessions fail with "the process is
   * shutting down", and the client is closed: what waits is sent within the {@code drainTimeout}.
   *
   * <p>The JVM runs all hooks at the same time. Set {@code false} if one of your own ends the tasks and closes the client, as
   * that of an application framework may do.
   *
   * @param register whether to register the hook
   * @return this builder
   */
  public AgentCraftClientBuilder shutdownHook(boolean register) {
    this.shutdownHook = register;
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
   * Sets how long closing waits for published updates that are not confirmed yet, final ones first; 2 s by default.
   *
   * @param timeout zero for not at all
   * @return this builder
   */
  public AgentCraftClientBuilder drainTimeout(Duration timeout) {
    this.drainTimeout = Objects.requireNonNull(timeout, "timeout");
    return this;
  }

  /**
   * Sets an object that counts and times what the client does; none by default. For Micrometer, use {@code
   * MicrometerMetrics.of(registry)}.
   *
   * @param metrics the metrics, which clients may share
   * @return this builder
   */
  public AgentCraftClientBuilder metrics(ClientMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    return this;
  }

  /**
   * Sets a listener to all text frames of the client's connections, for example a {@code FrameRecorder}.
   *
   * @param listener called on the threads that read and send
   * @return this builder
   */
  public AgentCraftClientBuilder frameListener(FrameListener listener) {
    this.frameListener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets the clock and the timers, for tests.
   *
   * @param scheduler the scheduler; not closed by the client
   * @return this builder
   */
  public AgentCraftClientBuilder scheduler(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * Builds the client. No I/O is done and no thread is started before {@link AgentCraftClient#connect()}.
   *
   * @return the client
   * @throws IllegalArgumentException if the URL, the client id or an option cannot work
   * @throws IllegalStateException if the OkHttp or Jackson on the class path is too old
   */
  public AgentCraftClient build() {
    Libraries.requireNewEnough();
    EndpointParser.Parsed server = EndpointParser.parse(url);
    String base =
        httpBaseUrl == null ? server.httpBaseUrl() : EndpointParser.httpBaseUrl(httpBaseUrl);
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
        staleAfter,
        new ClientConfig.Publish(
            publishTransport,
            publishForm,
            base,
            drainTimeout,
            publishReminder,
            publishTextLimit,
            shutdownHook),
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
