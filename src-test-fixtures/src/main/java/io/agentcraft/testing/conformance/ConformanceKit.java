package io.agentcraft.testing.conformance;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Checks whether an AgentCraft server conforms to the protocol, in its documented or its deployed form, over plain WebSockets
 * that neither reconnect nor answer by themselves.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> myServerKeepsToTheProtocol() {
 *   return ConformanceKit.against("ws://localhost:8000").tests();
 * }
 * }</pre>
 *
 * <p>{@link #tests} and {@link #run} use the options as they are when called; later changes have no effect on them. Every check
 * uses its own connections and client ids, and closes all connections. Two checks publish a status, which every client of that
 * server sees: {@code without(STATUS_RELAY, STATUS_BROADCAST)} leaves them out. No thread of the kit outlives a check; threads
 * that OkHttp shares among all its clients end after a minute. Not thread-safe.
 */
public final class ConformanceKit {

  private static final Duration PING_WAIT = Duration.ofSeconds(35);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);

  private final String url;

  /** Accepts the same URLs and credentials as the client, with the same errors. */
  private final AgentCraftClientBuilder rules;

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final EnumSet<ConformanceCheck> leftOut = EnumSet.noneOf(ConformanceCheck.class);
  private Duration pingWait = PING_WAIT;
  private Duration answerTimeout = ANSWER_TIMEOUT;
  private Duration handshakeTimeout = HANDSHAKE_TIMEOUT;
  private boolean rateLimit;
  private @Nullable OkHttpClient okHttpClient;
  private @Nullable String httpBaseUrl;
  private @Nullable String session;
  private @Nullable BiConsumer<String, String> logLine;
  private @Nullable Consumer<Duration> passTime;

  private ConformanceKit(String url) {
    this.url = url;
    this.rules = AgentCraftClient.builder(url);
  }

  /**
   * Creates a kit for a server. Nothing is sent before {@link #tests} or {@link #run}.
   *
   * @param url as for the client: {@code ws}, {@code wss}, {@code http} or {@code https} with host and port; without a
   *     path, both known paths are tried
   * @return the kit with all defaults
   */
  public static ConformanceKit against(String url) {
    return new ConformanceKit(Objects.requireNonNull(url, "url"));
  }

  /**
   * Sets how long the checks of the ping wait: for the ping to a silent client, and for none to a client that sends.
   *
   * @param wait the wait, a little longer than the server's interval; 35 s by default
   * @return this kit
   */
  public ConformanceKit pingWait(Duration wait) {
    this.pingWait = positive(wait, "ping wait");
    return this;
  }

  /**
   * Sets the timeout for an answer.
   *
   * @param timeout the timeout; 5 s by default
   * @return this kit
   */
  public ConformanceKit answerTimeout(Duration timeout) {
    this.answerTimeout = positive(timeout, "answer timeout");
    return this;
  }

  /**
   * Sets the timeout for a handshake or an HTTP request.
   *
   * @param timeout the timeout; 15 s by default
   * @return this kit
   */
  public ConformanceKit handshakeTimeout(Duration timeout) {
    this.handshakeTimeout = positive(timeout, "handshake timeout");
    return this;
  }

  /**
   * Checks the rate limit too, which takes a minute.
   *
   * @return this kit
   */
  public ConformanceKit rateLimit() {
    this.rateLimit = true;
    return this;
  }

  /**
   * Sends a bearer token with every request.
   *
   * @param token the token; never logged, and part of no report
   * @return this kit
   * @throws IllegalArgumentException if it is not a valid token
   */
  public ConformanceKit token(String token) {
    var unused = rules.token(token);
    headers.put("Authorization", "Bearer " + token);
    return this;
  }

  /**
   * Allows a token, or a header {@code Authorization}, to be sent over {@code ws://} to another host than this one.
   *
   * @return this kit
   */
  public ConformanceKit allowTokenOverPlaintext() {
    var unused = rules.allowTokenOverPlaintext();
    return this;
  }

  /**
   * Sends a header with every request.
   *
   * @param name the name
   * @param value the value
   * @return this kit
   */
  public ConformanceKit header(String name, String value) {
    var unused = rules.header(name, value);
    headers.put(name, value);
    return this;
  }

  /**
   * Opens connections with the settings of an OkHttp client, for proxies and TLS. Its interceptors see the credentials; its
   * timeouts, pings and redirects are not used.
   *
   * @param client the client, which stays open
   * @return this kit
   */
  public ConformanceKit okHttpClient(OkHttpClient client) {
    this.okHttpClient = Objects.requireNonNull(client, "client");
    return this;
  }

  /**
   * Sets the base URL of the HTTP interface.
   *
   * @param base what {@code /api/ws/broadcast} is appended to; by default the URL without {@code /ws/agent-tracking} or
   *     {@code /api/ws/agent-tracking} at the end of its path. For another path there is no default: without it the check of
   *     the broadcast does not apply
   * @return this kit
   */
  public ConformanceKit httpBaseUrl(String base) {
    var unused = rules.httpBaseUrl(base);
    this.httpBaseUrl = base;
    return this;
  }

  /**
   * Sets a session that the server knows, for the checks of its state and logs.
   *
   * @param sessionId its id; by default the first of {@code active_sessions}
   * @return this kit
   */
  public ConformanceKit session(String sessionId) {
    this.session = Objects.requireNonNull(sessionId, "sessionId");
    return this;
  }

  /**
   * Sets how to make the server log a line, so that the checks of log streaming receive one. Without it they only check that
   * the requests are accepted, and that nothing is sent after the end.
   *
   * @param writer receives a session's id and the text of the line; called by a check while it runs
   * @return this kit
   */
  public ConformanceKit logLine(BiConsumer<String, String> writer) {
    this.logLine = Objects.requireNonNull(writer, "writer");
    return this;
  }

  /**
   * Leaves checks out.
   *
   * @param checks the checks
   * @return this kit
   */
  public ConformanceKit without(ConformanceCheck... checks) {
    leftOut.addAll(List.of(checks));
    return this;
  }

  /**
   * Advances the server's clock instead of waiting, for servers whose time a test controls, such as a reference server with a
   * manual scheduler: {@code passTime(scheduler::advance)}. What is due must have been handed to the connections when it
   * returns.
   *
   * @param advance advances the server's clock by a duration
   * @return this kit
   */
  public ConformanceKit passTime(Consumer<Duration> advance) {
    this.passTime = Objects.requireNonNull(advance, "advance");
    return this;
  }

  /**
   * Returns the checks as tests, for a method with {@code @TestFactory}. A test fails if its check fails, passes for a
   * known deviation, and is skipped with the reason if its check does not apply. Needs {@code junit-jupiter-api}.
   *
   * @return one test for each check; they can run once, in any order, but not concurrently
   * @throws IllegalArgumentException if the URL or the credentials are not usable
   */
  // Callers that run tests require JUnit's module anyway; callers that print a report don't need
  // it.
  @SuppressWarnings("exports")
  public Stream<DynamicTest> tests() {
    return DynamicTests.of(new CheckRun(settings()), checks());
  }

  /**
   * Runs all checks on the calling thread, which takes little longer than the ping wait.
   *
   * @return the report
   * @throws IllegalArgumentException if the URL or the credentials are not usable
   * @throws IllegalStateException if the thread is interrupted; it stays interrupted
   */
  public ConformanceReport run() {
    return run(result -> {});
  }

  /**
   * Runs all checks on the calling thread, and reports each result at once.
   *
   * @param progress receives each result, on the calling thread
   * @return the report
   * @throws IllegalArgumentException if the URL or the credentials are not usable
   * @throws IllegalStateException if the thread is interrupted; it stays interrupted
   */
  public ConformanceReport run(Consumer<CheckResult> progress) {
    return new CheckRun(settings()).report(shownUrl(), checks(), progress);
  }

  @Override
  public String toString() {
    return "ConformanceKit[" + shownUrl() + "]";
  }

  /** Leaves out the query, which may contain secrets. */
  private String shownUrl() {
    return url.replaceFirst("(?s)[?#].*", "");
  }

  private List<ConformanceCheck> checks() {
    return List.copyOf(EnumSet.complementOf(leftOut));
  }

  private Settings settings() {
    rules.build().close(); // No I/O: only checks whether the options are valid together.
    Map<String, String> sent = Map.copyOf(headers);
    OkHttpClient client = okHttpClient;
    Duration timeout = handshakeTimeout;
    return new Settings(
        Endpoint.of(url),
        httpBaseUrl == null ? Endpoint.defaultHttpBase(url) : Endpoint.httpBaseUrl(httpBaseUrl),
        () -> new Connector(client, sent, timeout),
        pingWait,
        answerTimeout,
        rateLimit,
        session,
        logLine,
        passTime);
  }

  private static Duration positive(Duration duration, String what) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "The " + what + " was " + duration + ". Use a positive duration.");
    }
    return duration;
  }
}
