package io.agentcraft.testing.conformance;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.testing.internal.raw.Network;
import io.agentcraft.testing.internal.raw.Place;
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
 * Checks whether anyone's AgentCraft server keeps to the protocol, in its documented or its deployed form, by plain
 * WebSockets that neither reconnect nor answer of their own accord.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> myServerKeepsToTheProtocol() {
 *   return ConformanceKit.against("ws://localhost:8000").tests();
 * }
 * }</pre>
 *
 * <p>{@link #tests} and {@link #run} take the options as they are then; what is set later changes nothing for them. Every
 * check uses connections and client ids of its own, and ends all of them. Two checks publish a status, which every client
 * of that server sees: {@code without(STATUS_RELAY, STATUS_BROADCAST)} leaves them out. No thread of the kit outlives a
 * check; those that OkHttp shares among all its clients end after a minute. Not thread-safe.
 */
public final class ConformanceKit {

  private static final Duration PING_WAIT = Duration.ofSeconds(35);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);

  private final String url;

  /** Takes the same URLs and credentials as the client, and says the same when they can't work. */
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
   * Prepares to check a server. Nothing is sent before {@link #tests} or {@link #run}.
   *
   * @param url as for the client: {@code ws}, {@code wss}, {@code http} or {@code https} with host and port; without a
   *     path, both known paths are tried
   * @return the kit with all defaults
   */
  public static ConformanceKit against(String url) {
    return new ConformanceKit(Objects.requireNonNull(url, "url"));
  }

  /**
   * Sets how long a silent client waits for the server's ping, and one that sends for none to come.
   *
   * @param wait the wait, a little longer than the server's own; 35 s by default
   * @return this kit
   */
  public ConformanceKit pingWait(Duration wait) {
    this.pingWait = positive(wait, "ping wait");
    return this;
  }

  /**
   * Sets how long an answer may take.
   *
   * @param timeout the time-out; 5 s by default
   * @return this kit
   */
  public ConformanceKit answerTimeout(Duration timeout) {
    this.answerTimeout = positive(timeout, "answer time-out");
    return this;
  }

  /**
   * Sets how long a handshake or an HTTP request may take.
   *
   * @param timeout the time-out; 15 s by default
   * @return this kit
   */
  public ConformanceKit handshakeTimeout(Duration timeout) {
    this.handshakeTimeout = positive(timeout, "handshake time-out");
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
   * @throws IllegalArgumentException if it can't be a token
   */
  public ConformanceKit token(String token) {
    var unused = rules.token(token);
    headers.put("Authorization", "Bearer " + token);
    return this;
  }

  /**
   * Lets a token, or a header {@code Authorization}, travel over {@code ws://} to another host than this one.
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
   * Opens connections with the settings of this client, for proxies and TLS. Its interceptors see the credentials; its
   * time-outs, pings and redirects are not used.
   *
   * @param client the client, which stays open
   * @return this kit
   */
  public ConformanceKit okHttpClient(OkHttpClient client) {
    this.okHttpClient = Objects.requireNonNull(client, "client");
    return this;
  }

  /**
   * Sets where the HTTP interface is.
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
   * Names a session that the server knows, for the checks of its state and logs.
   *
   * @param sessionId its id; by default the first of {@code active_sessions}
   * @return this kit
   */
  public ConformanceKit session(String sessionId) {
    this.session = Objects.requireNonNull(sessionId, "sessionId");
    return this;
  }

  /**
   * Says how to make the server log a line, so that the checks of log streaming see one. Without it they only check that
   * the requests are taken, and that nothing comes unasked after the end.
   *
   * @param writer told a session's id and the text of the line; called by a check while it runs
   * @return this kit
   */
  public ConformanceKit logLine(BiConsumer<String, String> writer) {
    this.logLine = Objects.requireNonNull(writer, "writer");
    return this;
  }

  /**
   * Leaves checks out.
   *
   * @param checks which
   * @return this kit
   */
  public ConformanceKit without(ConformanceCheck... checks) {
    leftOut.addAll(List.of(checks));
    return this;
  }

  /**
   * Moves the server's clock in place of waiting, for servers whose time a test controls, such as a reference server with
   * a manual scheduler: {@code passTime(scheduler::advance)}. What is due then must have been handed to the connections
   * when it returns.
   *
   * @param advance lets so much time pass for the server
   * @return this kit
   */
  public ConformanceKit passTime(Consumer<Duration> advance) {
    this.passTime = Objects.requireNonNull(advance, "advance");
    return this;
  }

  /**
   * Returns the checks as tests, for a method with {@code @TestFactory}. A test fails when its check does, passes for a
   * known deviation, and is skipped with the reason when its check does not apply. Needs {@code junit-jupiter-api}.
   *
   * @return one test for each check; they can run once, in any order, and never two at a time
   * @throws IllegalArgumentException if the URL or the credentials can't work
   */
  // Whoever runs tests requires JUnit's module anyway; whoever prints a report needs none.
  @SuppressWarnings("exports")
  public Stream<DynamicTest> tests() {
    return KitTests.of(new Examination(settings()), checks());
  }

  /**
   * Runs all checks on the calling thread, which takes little more than the ping wait.
   *
   * @return what came of them
   * @throws IllegalArgumentException if the URL or the credentials can't work
   * @throws IllegalStateException if the thread is interrupted; it stays so
   */
  public ConformanceReport run() {
    return run(result -> {});
  }

  /**
   * Runs all checks on the calling thread, and tells of each as soon as it is through.
   *
   * @param progress told of each result, on the calling thread
   * @return what came of them
   * @throws IllegalArgumentException if the URL or the credentials can't work
   * @throws IllegalStateException if the thread is interrupted; it stays so
   */
  public ConformanceReport run(Consumer<CheckResult> progress) {
    return new Examination(settings()).report(shownUrl(), checks(), progress);
  }

  @Override
  public String toString() {
    return "ConformanceKit[" + shownUrl() + "]";
  }

  /** A query may hold secrets. */
  private String shownUrl() {
    return url.replaceFirst("(?s)[?#].*", "");
  }

  private List<ConformanceCheck> checks() {
    return List.copyOf(EnumSet.complementOf(leftOut));
  }

  private Settings settings() {
    rules.build().close(); // Touches no network: only asks whether these options can work together.
    Map<String, String> sent = Map.copyOf(headers);
    OkHttpClient client = okHttpClient;
    Duration timeout = handshakeTimeout;
    return new Settings(
        Place.of(url),
        httpBaseUrl == null ? Place.httpBaseBeside(url) : Place.httpBaseUrl(httpBaseUrl),
        () -> new Network(client, sent, timeout),
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
