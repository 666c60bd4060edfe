package io.agentcraft.client;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.internal.config.ClientConfig;
import io.agentcraft.client.internal.config.EndpointParser;
import io.agentcraft.client.internal.config.Libraries;
import io.agentcraft.client.internal.config.OptionChecks;
import io.agentcraft.client.internal.outbox.FrameBudget;
import io.agentcraft.client.listener.Overflow;
import io.agentcraft.client.metrics.ClientMetrics;
import io.agentcraft.client.publish.PublishPath;
import io.agentcraft.client.reconnect.ExponentialBackoff;
import io.agentcraft.client.reconnect.ReconnectPolicy;
import io.agentcraft.client.record.FrameListener;
import io.agentcraft.client.time.Scheduler;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The options of an {@link AgentCraftClient}, with the protocol's defaults. What cannot work fails at {@link #build()}
 * with an {@link IllegalArgumentException} that says what would. Not safe for use by several threads.
 */
public final class AgentCraftClientBuilder {

  private final String url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable String clientId;
  private @Nullable TokenProvider tokens;
  private boolean renewable;
  private boolean plaintextAllowed;
  private ReconnectPolicy reconnectPolicy = ExponentialBackoff.defaults();
  private Duration handshakeTimeout = Duration.ofSeconds(15);
  private Duration requestTimeout = Duration.ofSeconds(10);
  private Duration closeTimeout = Duration.ofSeconds(5);
  private Duration webSocketPingInterval = Duration.ofSeconds(30);
  private Duration livenessTimeout = Duration.ofSeconds(45);
  private Duration stableAfter = Duration.ofSeconds(5);
  private ZoneId zone = ZoneOffset.UTC;
  private @Nullable Executor callbackExecutor;
  private int callbackQueue = 1_024;
  private Overflow overflow = Overflow.WAIT;
  private int framesPerMinute = 60;
  private int maxMessageBytes = 16 << 20;
  private PublishPath publishPath = PublishPath.AUTO;
  private @Nullable String httpBase;
  private Duration closeGrace = Duration.ofSeconds(2);
  private @Nullable OkHttpClient okHttpClient;
  private @Nullable Scheduler scheduler;
  private @Nullable ClientMetrics metrics;
  private @Nullable FrameListener frameListener;

  AgentCraftClientBuilder(String url) {
    this.url = url;
  }

  /**
   * Uses one client id for all connections, instead of a new one for each. With a fixed id, a server that notices the
   * death of an old socket late may stop serving the new one; the client then finds out by its liveness check.
   *
   * @param clientId {@code client_<digits>_<lower-case letters and digits>}
   * @return this builder
   */
  public AgentCraftClientBuilder clientId(String clientId) {
    this.clientId = Objects.requireNonNull(clientId, "clientId");
    return this;
  }

  /**
   * Sends a header with every handshake and every update that is published by HTTP.
   *
   * @param name the header's name
   * @param value its value, never logged
   * @return this builder
   */
  public AgentCraftClientBuilder header(String name, String value) {
    headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * Sends a fixed bearer token with every handshake, and every update published by HTTP ({@code Authorization: Bearer
   * …}). A server's 401 is final then.
   *
   * @param token the token, never logged
   * @return this builder
   * @throws IllegalArgumentException if it is empty or cannot travel in a header
   */
  public AgentCraftClientBuilder token(String token) {
    OptionChecks.token(Objects.requireNonNull(token, "token"));
    this.tokens = () -> CompletableFuture.completedFuture(token);
    this.renewable = false;
    return this;
  }

  /**
   * Asks for a bearer token before every handshake. After a server's 401 one more token is asked for and tried.
   *
   * @param tokens gives the tokens, which are never logged; one that cannot travel in a header counts as a failure of the
   *     provider
   * @return this builder
   */
  public AgentCraftClientBuilder tokenProvider(TokenProvider tokens) {
    Objects.requireNonNull(tokens, "tokens");
    this.tokens = () -> tokens.token().thenApply(OptionChecks::usableToken);
    this.renewable = true;
    return this;
  }

  /**
   * Lets credentials travel over {@code ws://} or {@code http://} to another host than this one, readable by everyone on the
   * way: a token, and the headers {@code Authorization}, {@code Proxy-Authorization} and {@code Cookie}. Without it, {@link
   * #build()} refuses the combination, and a request is not sent to which something in the {@code okHttpClient} adds
   * an {@code Authorization}. This host is {@code localhost}, {@code 127.0.0.0/8} and {@code ::1}; names below {@code
   * localhost} are not, since name servers may be asked for them.
   *
   * @return this builder
   */
  public AgentCraftClientBuilder allowTokenOverPlaintext() {
    this.plaintextAllowed = true;
    return this;
  }

  /**
   * Decides when to try again and when to give up; {@link ExponentialBackoff#defaults()} by default.
   *
   * @param policy the policy
   * @return this builder
   */
  public AgentCraftClientBuilder reconnectPolicy(ReconnectPolicy policy) {
    this.reconnectPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * How long a connection must stay up after its first message for the attempts to count anew; 5 s by default.
   *
   * @param duration zero for "at the first message"
   * @return this builder
   */
  public AgentCraftClientBuilder stableAfter(Duration duration) {
    this.stableAfter = Objects.requireNonNull(duration, "duration");
    return this;
  }

  /**
   * How long one handshake may take, name look-up and TLS included; 15 s by default.
   *
   * @param timeout 1 ms to 24 days
   * @return this builder
   */
  public AgentCraftClientBuilder handshakeTimeout(Duration timeout) {
    this.handshakeTimeout = Objects.requireNonNull(timeout, "timeout");
    return this;
  }

  /**
   * How long a request waits for its answer, a reconnection in between included; 10 s by default.
   *
   * @param timeout 1 ms to 24 days
   * @return this builder
   */
  public AgentCraftClientBuilder requestTimeout(Duration timeout) {
    this.requestTimeout = Objects.requireNonNull(timeout, "timeout");
    return this;
  }

  /**
   * How long the server's answer to a close frame is waited for before the socket is dropped; 5 s by default.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public AgentCraftClientBuilder closeTimeout(Duration timeout) {
    this.closeTimeout = Objects.requireNonNull(timeout, "timeout");
    return this;
  }

  /**
   * How often the socket is tried with a WebSocket ping, which finds one that is half open; 30 s by default.
   *
   * @param interval zero for never
   * @return this builder
   */
  public AgentCraftClientBuilder webSocketPingInterval(Duration interval) {
    this.webSocketPingInterval = Objects.requireNonNull(interval, "interval");
    return this;
  }

  /**
   * After how long without any frame a connection counts as dead; 45 s by default: the 30 s after which a server pings,
   * and half as long again. Two thirds of it are taken as the server's interval.
   *
   * @param timeout zero for never
   * @return this builder
   */
  public AgentCraftClientBuilder livenessTimeout(Duration timeout) {
    this.livenessTimeout = Objects.requireNonNull(timeout, "timeout");
    return this;
  }

  /**
   * In which zone a timestamp is read that names none; UTC by default.
   *
   * @param zone the server's zone
   * @return this builder
   */
  public AgentCraftClientBuilder zone(ZoneId zone) {
    this.zone = Objects.requireNonNull(zone, "zone");
    return this;
  }

  /**
   * Where listeners run; by default on daemon threads that all clients share. Still one listener at a time for each
   * client. Not shut down by the client. While it refuses tasks, because it is full, callbacks wait for it.
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
   * How many messages may wait for slow listeners, and what happens then; 1,024 and {@link Overflow#WAIT} by default.
   *
   * @param bound at least 1
   * @param overflow what happens when so many wait
   * @return this builder
   */
  public AgentCraftClientBuilder callbackQueue(int bound, Overflow overflow) {
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
   * that is compressed and inflates beyond the bound ends the connection.)
   *
   * @param bytes the bound in bytes, at least 1
   * @return this builder
   */
  public AgentCraftClientBuilder maxMessageBytes(int bytes) {
    this.maxMessageBytes = bytes;
    return this;
  }

  /**
   * How {@code agent(…)} publishes; {@link PublishPath#AUTO} by default.
   *
   * @param path the path
   * @return this builder
   */
  public AgentCraftClientBuilder publishPath(PublishPath path) {
    this.publishPath = Objects.requireNonNull(path, "path");
    return this;
  }

  /**
   * Where {@code /api/ws/broadcast} is, when not on the WebSocket's host and port.
   *
   * @param url {@code http://} or {@code https://} ({@code ws://} and {@code wss://} mean the same) with host and port, and
   *     a path before {@code /api} if there is one; no query and no fragment
   * @return this builder
   */
  public AgentCraftClientBuilder httpBase(String url) {
    this.httpBase = Objects.requireNonNull(url, "url");
    return this;
  }

  /**
   * How long closing waits for published updates that are not confirmed yet, final ones first; 2 s by default.
   *
   * @param grace zero for not at all
   * @return this builder
   */
  public AgentCraftClientBuilder closeGrace(Duration grace) {
    this.closeGrace = Objects.requireNonNull(grace, "grace");
    return this;
  }

  /** Stands for "no limit" in {@link #framesPerMinute(int)}. */
  public static final int UNLIMITED_FRAMES = FrameBudget.UNLIMITED;

  /**
   * Uses your own OkHttp client: proxy, TLS settings (private CA, client certificate), DNS, shared pools; for handshakes
   * and for updates published by HTTP. It is never shut down, and only settings of the SDK's own calls are changed on a copy:
   * no call time-out for WebSockets, and no redirects, not even to the same host. A request that its interceptors or
   * its authenticator send on to another server, or without encryption, fails rather than take the token along. Every open
   * WebSocket counts as one running call of its {@code Dispatcher}, which allows 64 unless you raise {@code maxRequests}.
   *
   * @param client the client
   * @return this builder
   */
  public AgentCraftClientBuilder okHttpClient(OkHttpClient client) {
    this.okHttpClient = Objects.requireNonNull(client, "client");
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
    String base = httpBase == null ? server.http() : EndpointParser.httpBase(httpBase);
    ClientConfig.Credentials credentials =
        new ClientConfig.Credentials(headers, tokens, renewable, plaintextAllowed);
    credentials.requireEncryption(server.http());
    credentials.requireEncryption(base);
    String fixedId = clientId != null ? clientId : server.clientId();
    return new AgentCraftClient(new ClientConfig(
        server.endpoints(),
        fixedId == null ? null : ClientIds.requireValid(fixedId),
        credentials,
        reconnectPolicy,
        new ClientConfig.Timings(
            handshakeTimeout,
            requestTimeout,
            closeTimeout,
            webSocketPingInterval,
            livenessTimeout,
            stableAfter),
        zone,
        new ClientConfig.Callbacks(callbackExecutor, callbackQueue, overflow),
        new ClientConfig.Publish(publishPath, base, closeGrace),
        new ClientConfig.Limits(framesPerMinute, maxMessageBytes),
        okHttpClient,
        scheduler,
        metrics,
        frameListener));
  }
}
