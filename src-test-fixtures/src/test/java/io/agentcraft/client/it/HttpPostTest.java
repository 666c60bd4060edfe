package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.codec.MessageCodec;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.publish.AgentPublisher;
import io.agentcraft.client.publish.PublishForm;
import io.agentcraft.client.publish.PublishReceipt;
import io.agentcraft.client.publish.PublishTransport;
import io.agentcraft.testing.ReferenceServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPostTest extends PublishingTest {

  private static final String SUCCESS = "{\"success\": true, \"message\": \"sent\"}";

  private final RecordingServer web = closed(new RecordingServer(false));

  private AgentPublisher agent(UnaryOperator<AgentCraftClientBuilder> options) {
    AgentCraftClient client = client(
        "ws://localhost:1",
        builder -> options.apply(builder
            .publishTransport(PublishTransport.HTTP)
            // One message for each update.
            .publishForm(PublishForm.AGENT_STATUS)
            .httpBaseUrl(web.url("localhost") + "/base")));
    return client.agent("a", "Agent");
  }

  @Test
  void postsTheMessageWithTheClientsHeadersAndToken() {
    web.answerWith(200, SUCCESS);
    AgentPublisher agent = agent(options -> options.token("secret").header("X-Team", "blue"));
    assertThat(fate(agent.completed("done"))).isEqualTo("HTTP");
    RecordedRequest request = web.next();
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
    web.answerWith(
        status,
        "busy",
        retryAfter == null ? new String[0] : new String[] {"Retry-After", retryAfter});
    web.answerWith(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt = agent(options -> options).completed("done");
    web.next();
    awaitTimer(wait);
    advance(wait);
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(web.count()).isEqualTo(2);
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
    web.answer(new MockResponse.Builder()
        .code(status)
        .body("busy")
        .setHeader(header, value)
        .build());
    web.answerWith(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt =
        agent(options -> options.okHttpClient(threads.okHttp().build())).completed("done");
    web.next();
    awaitTimer(wait);
    advance(wait);
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(web.count()).isEqualTo(2);
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
    web.answer(new MockResponse.Builder()
        .code(status)
        .body(SUCCESS)
        .setHeader(header, value)
        .build());
    assertThat(Await.failure(
            agent(options -> options.okHttpClient(threads.okHttp().build())).completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining(words);
    assertThat(threads.uncaught()).isEmpty();
  }

  @Test
  void aBrokenConnectionIsTriedAgain() {
    web.answer(new MockResponse.Builder()
        .onRequestStart(new SocketEffect.CloseSocket())
        .build());
    web.answerWith(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt = agent(options -> options).completed("done");
    awaitTimer(2);
    advance(2);
    assertThat(fate(receipt)).isEqualTo("HTTP");
  }

  @Test
  void afterA401AnotherTokenIsAskedForOnce() {
    AtomicInteger tokens = new AtomicInteger();
    web.answerWith(401, "");
    web.answerWith(200, SUCCESS);
    CompletableFuture<PublishReceipt> receipt = agent(options -> options.tokenProvider(
            () -> CompletableFuture.completedFuture("token-" + tokens.incrementAndGet())))
        .completed("done");
    assertThat(web.next().getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
    awaitTimer(2);
    advance(2);
    assertThat(fate(receipt)).isEqualTo("HTTP");
    assertThat(web.next().getHeaders().get("Authorization")).isEqualTo("Bearer token-2");
  }

  @Test
  void aFixedTokenThatIsRefusedFailsTheUpdate() {
    ReferenceServer server = server(options -> options.requireToken("right"));
    AgentCraftClient client = client(
        server.url(), options -> options.publishTransport(PublishTransport.HTTP).token("wrong"));
    assertThat(Await.failure(client.agent("a", "Agent").completed("done")))
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
    web.answerWith(200, body);
    assertThat(Await.failure(agent(options -> options).completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("httpBaseUrl(…)");
    assertThat(web.count()).isEqualTo(1);
  }

  @Test
  void successFalseIsAFailureWithTheServersWords() {
    web.answerWith(200, "{\"success\": false, \"error\": \"no room\"}");
    assertThat(Await.failure(agent(options -> options).completed("done")))
        .isInstanceOf(PublishFailedException.class)
        .hasMessageContaining("no room");
  }

  @Test
  void aMissingEndpointFailsTheUpdateWithAdvice() {
    web.answerWith(404, "{\"detail\":\"Not Found\"}");
    assertThat(Await.failure(agent(options -> options).completed("done")))
        .hasMessageContaining("404")
        .hasMessageContaining("httpBaseUrl(…)");
  }

  /** Waits until the client has a timer of this length, which means that it has seen the answer. */
  private void awaitTimer(int seconds) {
    Await.until(
        "a timer of " + seconds + " s",
        () -> clock.pendingDelays().stream().anyMatch(delay -> delay.toSeconds() == seconds));
  }
}
