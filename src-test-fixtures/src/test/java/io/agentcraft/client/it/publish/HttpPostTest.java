package io.agentcraft.client.it.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.it.WatchedThreads;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPostTest extends PublishingTest {

  private static final String SUCCESS = "{\"success\": true, \"message\": \"sent\"}";

  private final MockWebServer web = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    web.start();
    closed(web);
  }

  private AgentPublisher agent(UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = client(
        "ws://localhost:1",
        builder -> options.apply(builder
            .publishTransport(PublishTransport.HTTP)
            .httpBaseUrl(web.url("/base").toString())));
    return client.agent("a", "Agent");
  }

  private void answer(int status, String body, String... headers) {
    web.enqueue(new MockResponse.Builder()
        .code(status)
        .headers(Headers.of(headers))
        .body(body)
        .build());
  }

  private RecordedRequest request() {
    try {
      RecordedRequest request = web.takeRequest(20, TimeUnit.SECONDS);
      assertThat(request).isNotNull();
      return request;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void postsTheMessageWithTheClientsHeadersAndToken() {
    answer(200, SUCCESS);
    AgentPublisher agent = agent(options -> options.token("secret").header("X-Team", "blue"));
    assertThat(fate(agent.completed("done"))).isEqualTo("HTTP");
    RecordedRequest request = request();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/base/api/ws/broadcast");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
    assertThat(request.getHeaders().get("X-Team")).isEqualTo("blue");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(MessageCodec.create().decodeClient(request.getBody().utf8()))
        .isInstanceOfSatisfying(
            AgentStatusUpdate.class, update -> assertThat(update.message()).isEqualTo("done"));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 7, 7",
    "503, 7, 7",
    "500, , 2",
    "503, 1000000000000, 300",
    "429, 1000000000000, 300",
    "408, 1000000000000, 2",
    "503, 'Fri, 31 Dec 9999 23:59:59 GMT', 300",
    "503, -1000000000000, 2",
    "503, soon, 2"
  })
  void aPassingFailureIsTriedAgainAfterTheWaitThatTheServerAsksFor(
      int status, String retryAfter, int wait) {
    answer(
        status,
        "busy",
        retryAfter == null ? new String[0] : new String[] {"Retry-After", retryAfter});
    answer(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt = agent(options -> options).completed("done");
    request();
    awaitTimer(wait);
    seconds(wait);
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(web.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "503, Content-Length, -5, 2",
    "503, Content-Length, -9223372036854775808, 2",
    "503, Retry-After, 1000000000000, 300",
    "429, Retry-After, 99999999999999999999999999999, 300",
    "408, Retry-After, 1000000000000, 2",
    "500, Content-Type, ;;/;charset=, 2",
    "500, Transfer-Encoding, identity, 2",
    "500, Content-Encoding, gzip, 2"
  })
  void aFailureWithHeadersThatMakeNoSenseIsTriedAgainAsOne(
      int status, String header, String value, int wait) {
    WatchedThreads threads = closed(new WatchedThreads());
    web.enqueue(new MockResponse.Builder()
        .code(status)
        .body("busy")
        .setHeader(header, value)
        .build());
    answer(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt =
        agent(options -> options.okHttpClient(threads.okHttp().build())).completed("done");
    request();
    awaitTimer(wait);
    seconds(wait);
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(web.getRequestCount()).isEqualTo(2);
    assertThat(threads.uncaught()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, Content-Length, -5, httpBaseUrl(…)",
    "400, Retry-After, 1000000000000, HTTP 400",
    "400, Content-Length, -5, HTTP 400",
    "407, Proxy-Authenticate, Basic, HTTP 407"
  })
  void anAnswerWithHeadersThatMakeNoSenseFailsTheUpdate(
      int status, String header, String value, String words) {
    WatchedThreads threads = closed(new WatchedThreads());
    web.enqueue(new MockResponse.Builder()
        .code(status)
        .body(SUCCESS)
        .setHeader(header, value)
        .build());
    assertThat(failure(
            agent(options -> options.okHttpClient(threads.okHttp().build())).completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining(words);
    assertThat(threads.uncaught()).isEmpty();
  }

  @Test
  void aBrokenConnectionIsTriedAgain() {
    web.enqueue(new MockResponse.Builder()
        .onRequestStart(new SocketEffect.CloseSocket())
        .build());
    answer(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt = agent(options -> options).completed("done");
    awaitTimer(2);
    seconds(2);
    assertThat(fate(receipt)).isEqualTo("HTTP");
  }

  @Test
  void afterA401AnotherTokenIsAskedForOnce() {
    AtomicInteger tokens = new AtomicInteger();
    answer(401, "");
    answer(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt = agent(options -> options.tokenProvider(
            () -> CompletableFuture.completedFuture("token-" + tokens.incrementAndGet())))
        .completed("done");
    assertThat(request().getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
    awaitTimer(2);
    seconds(2);
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(request().getHeaders().get("Authorization")).isEqualTo("Bearer token-2");
  }

  @Test
  void aFixedTokenThatIsRefusedFailsTheUpdate() {
    ReferenceServer server = server(options -> options.requireToken("right"));
    AgentCraftClient client = client(
        server.url(), options -> options.publishTransport(PublishTransport.HTTP).token("wrong"));
    assertThat(failure(client.agent("a", "Agent").completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("HTTP 401")
        .hasMessageNotContaining("wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>welcome</html>",
        "",
        "[]",
        "{}",
        "{\"success\": \"yes\"}",
        "{\"success\": tr"
      })
  void anAnswerThatIsNotAnAgentCraftServersFailsTheUpdateWithAdvice(String body) {
    answer(200, body);
    assertThat(failure(agent(options -> options).completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("httpBaseUrl(…)");
    assertThat(web.getRequestCount()).isEqualTo(1);
  }

  @Test
  void successFalseIsAFailureWithTheServersWords() {
    answer(200, "{\"success\": false, \"error\": \"no room\"}");
    assertThat(failure(agent(options -> options).completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("no room");
  }

  @Test
  void aMissingEndpointFailsTheUpdateWithAdvice() {
    answer(404, "{\"detail\":\"Not Found\"}");
    assertThat(failure(agent(options -> options).completed("done")))
        .hasMessageContaining("404")
        .hasMessageContaining("httpBaseUrl(…)");
  }

  /** Waits until the client has a timer of this length, which means that it has seen the answer. */
  private void awaitTimer(int seconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (clock.pendingDelays().stream().noneMatch(delay -> delay.toSeconds() == seconds)) {
      assertThat(System.nanoTime()).as("a timer of " + seconds + " s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
