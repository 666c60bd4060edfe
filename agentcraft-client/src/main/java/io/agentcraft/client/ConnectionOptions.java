package io.agentcraft.client;

import io.agentcraft.client.connection.ClientIds;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.connection.ReconnectPolicy;
import io.agentcraft.client.connection.TokenProvider;
import io.agentcraft.client.internal.client.ClientConfig;
import io.agentcraft.client.internal.client.OptionChecks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The half of the builder's options that is about the connection: who connects, by which means, and how long what may take.
 * Its methods return the one builder that callers see, so the calls may come in any order. As in {@link MessageSource}, those
 * that are public are not final.
 */
abstract sealed class ConnectionOptions permits AgentCraftClientBuilder {

  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable String clientId;
  private @Nullable TokenProvider tokens;
  private boolean renewable;
  private boolean plaintextAllowed;
  private @Nullable OkHttpClient okHttpClient;
  private ReconnectPolicy reconnectPolicy = ExponentialBackoff.defaults();
  private Duration handshakeTimeout = Duration.ofSeconds(15);
  private Duration requestTimeout = Duration.ofSeconds(10);
  private Duration closeTimeout = Duration.ofSeconds(5);
  private Duration webSocketPingInterval = Duration.ofSeconds(30);
  private Duration idleTimeout = Duration.ofSeconds(45);
  private Duration backoffResetAfter = Duration.ofSeconds(5);

  abstract AgentCraftClientBuilder self();

  /**
   * Sets one client id for all connections, instead of a new one for each. With a fixed id, a server that notices the
   * death of an old socket late may stop serving the new one; the client then finds out by its liveness check.
   *
   * @param clientId {@code client_<digits>_<lower-case letters and digits>}
   * @return this builder
   */
  public AgentCraftClientBuilder clientId(String clientId) {
    this.clientId = Objects.requireNonNull(clientId, "clientId");
    return self();
  }

  /**
   * Sends a header with every handshake and every update that is published over HTTP.
   *
   * @param name the header's name
   * @param value its value, never logged
   * @return this builder
   */
  public AgentCraftClientBuilder header(String name, String value) {
    headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return self();
  }

  /**
   * Sends a fixed bearer token with every handshake, and every update published over HTTP ({@code Authorization: Bearer
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
    return self();
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
    return self();
  }

  /**
   * Lets credentials travel over {@code ws://} or {@code http://} to another host than this one, readable by everyone on the
   * way: a token, and the headers {@code Authorization}, {@code Proxy-Authorization} and {@code Cookie}. Without it, {@link
   * AgentCraftClientBuilder#build()} refuses the combination, and a request is not sent to which something in the {@code okHttpClient} adds
   * an {@code Authorization}. This host is {@code localhost}, {@code 127.0.0.0/8} and {@code ::1}; names below {@code
   * localhost} are not, since name servers may be asked for them.
   *
   * @return this builder
   */
  public AgentCraftClientBuilder allowTokenOverPlaintext() {
    this.plaintextAllowed = true;
    return self();
  }

  /**
   * Uses your own OkHttp client: proxy, TLS settings (private CA, client certificate), DNS, shared pools; for handshakes
   * and for updates published over HTTP. It is never shut down, and only settings of the SDK's own calls are changed on a copy:
   * no call timeout for WebSockets, and no redirects, not even to the same host. A request that its interceptors or
   * its authenticator send on to another server, or without encryption, fails instead of carrying the token there. Every open
   * WebSocket counts as one running call of its {@code Dispatcher}, which allows 64 unless you raise {@code maxRequests}.
   *
   * @param client the client
   * @return this builder
   */
  public AgentCraftClientBuilder okHttpClient(OkHttpClient client) {
    this.okHttpClient = Objects.requireNonNull(client, "client");
    return self();
  }

  /**
   * Sets the policy that decides when to try again and when to give up; {@link ExponentialBackoff#defaults()} by default.
   *
   * @param policy the policy
   * @return this builder
   */
  public AgentCraftClientBuilder reconnectPolicy(ReconnectPolicy policy) {
    this.reconnectPolicy = Objects.requireNonNull(policy, "policy");
    return self();
  }

  /**
   * Sets how long a connection must stay up after its first message for the count of attempts to be reset; 5 s by default.
   *
   * @param duration zero to reset it at the first message
   * @return this builder
   */
  public AgentCraftClientBuilder backoffResetAfter(Duration duration) {
    this.backoffResetAfter = Objects.requireNonNull(duration, "duration");
    return self();
  }

  /**
   * Sets how long one handshake may take, including DNS and TLS; 15 s by default.
   *
   * @param timeout 1 ms to 24 days
   * @return this builder
   */
  public AgentCraftClientBuilder handshakeTimeout(Duration timeout) {
    this.handshakeTimeout = Objects.requireNonNull(timeout, "timeout");
    return self();
  }

  /**
   * Sets how long a request waits for its reply, including a reconnection in between; 10 s by default.
   *
   * @param timeout 1 ms to 24 days
   * @return this builder
   */
  public AgentCraftClientBuilder requestTimeout(Duration timeout) {
    this.requestTimeout = Objects.requireNonNull(timeout, "timeout");
    return self();
  }

  /**
   * Sets how long to wait for the server's close frame before the socket is cut; 5 s by default.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public AgentCraftClientBuilder closeTimeout(Duration timeout) {
    this.closeTimeout = Objects.requireNonNull(timeout, "timeout");
    return self();
  }

  /**
   * Sets how often a WebSocket ping is sent, which detects a half-open socket; 30 s by default.
   *
   * @param interval zero for never
   * @return this builder
   */
  public AgentCraftClientBuilder webSocketPingInterval(Duration interval) {
    this.webSocketPingInterval = Objects.requireNonNull(interval, "interval");
    return self();
  }

  /**
   * Sets after how long without any frame a connection counts as dead; 45 s by default: the 30 s after which a server pings,
   * and half as long again. Two thirds of it are taken as the server's interval.
   *
   * @param timeout zero for never
   * @return this builder
   */
  public AgentCraftClientBuilder idleTimeout(Duration timeout) {
    this.idleTimeout = Objects.requireNonNull(timeout, "timeout");
    return self();
  }

  /** The id that all connections have, if it was set here or is part of the URL. */
  final @Nullable String fixedClientId(@Nullable String ofUrl) {
    String id = clientId != null ? clientId : ofUrl;
    return id == null ? null : ClientIds.requireValid(id);
  }

  final ClientConfig.Credentials credentials() {
    return new ClientConfig.Credentials(headers, tokens, renewable, plaintextAllowed);
  }

  final ClientConfig.Timings timings() {
    return new ClientConfig.Timings(
        handshakeTimeout,
        requestTimeout,
        closeTimeout,
        webSocketPingInterval,
        idleTimeout,
        backoffResetAfter);
  }

  final ReconnectPolicy policy() {
    return reconnectPolicy;
  }

  final @Nullable OkHttpClient callersOkHttp() {
    return okHttpClient;
  }
}
