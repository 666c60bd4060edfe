package io.agentcraft.client.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.AgentCraftClientBuilder;
import io.agentcraft.client.connection.ConnectionState;
import io.agentcraft.client.connection.ConnectionStatus;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.error.ConnectionFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to a handshake with headers that OkHttp, the cookie jar or the SDK cannot make sense of. */
class AbsurdAnswersTest extends IntegrationTest {

  private final RawServer server = new RawServer();
  private final WatchedThreads threads = closed(new WatchedThreads());

  /** Several headers are separated by a tilde. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | Retry-After: 1000000000000 | 300",
        "503 | Retry-After: 99999999999999999999999999999999 | 300",
        "429 | Retry-After: 1000000000000 | 300",
        // The wait counts for 429 and 503 only.
        "408 | Retry-After: 1000000000000 | 2",
        "503 | Retry-After: 00000000000000000007 | 7",
        "503 | Retry-After: -1000000000000 | 2",
        "503 | Retry-After: | 2",
        "503 | Retry-After: ١٢٣ | 2",
        "503 | Retry-After: 1e9 | 2",
        "503 | Retry-After: Fri, 31 Dec 9999 23:59:59 GMT | 300",
        "503 | Retry-After: Thu, 01 Jan 1970 00:00:00 GMT | 2",
        "503 | Retry-After: Wed, 01 Jan 1000 00:00:00 GMT | 2",
        "503 | Retry-After: Thu, 99 Foo 99999 99:99:99 GMT | 2",
        "503 | Retry-After: 1000000000000 ~ Retry-After: 7 | 7",
        "503 | Retry-After: 1000000000000 ~ Content-Length: -5 | 300",
        "503 | Content-Length: -5 | 2",
        "503 | Content-Length: -5 ~ Content-Encoding: gzip | 2",
        "503 | Content-Length: -9223372036854775808 | 2",
        "503 | Content-Length: 9223372036854775807 | 2",
        "503 | Content-Length: 99999999999999999999999999999999 | 2",
        "503 | Content-Length: | 2",
        "503 | Content-Length: ٣ | 2",
        "503 | Transfer-Encoding: chunked | 2",
        "503 | Content-Encoding: gzip | 2",
        "503 | Content-Type: ;;/;charset=\"ß | 2",
        "503 | Set-Cookie: a=b; Max-Age=99999999999999999999; Expires=Thu, 99 Foo 99999 99:99:99 GMT | 2",
        "503 | Set-Cookie: a=b; Max-Age=-99999999999999999999; Domain=[::::]; Path=ß | 2",
        "503 | Set-Cookie: ß=ß; Expires=Wed, 31 Feb 1601 00:00:00 GMT | 2",
        "503 | Date: Thu, 99 Foo 99999 99:99:99 GMT ~ Age: -1 ~ Cache-Control: max-age=99999999999999 | 2",
        "503 | Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99999999999 | 2",
        "503 | : | 2",
        "200 | Content-Length: -5 | 2",
        "204 | Content-Length: -5 | 2",
        "599 | Retry-After: 1000000000000 | 2",
        "000 | Content-Length: 0 | 2",
      })
  void aRefusalStaysARefusal(int status, String headers, int wait) {
    assertThat(loss(String.format(Locale.ROOT, "HTTP/1.1 %03d No ~ %s", status, headers), wait))
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeRefused.class,
            refused -> assertThat(refused.httpStatus()).isEqualTo(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "302 | Location: http://[",
        "400 | Retry-After: 1000000000000",
        "401 | WWW-Authenticate: Basic realm=\"",
        "407 | Proxy-Authenticate: Basic realm=\"a\"",
        "418 | Content-Length: -5",
        "421 | Content-Length: -5",
      })
  void aFinalRefusalIsFinal(String answer) {
    String[] parts = answer.split(" \\| ", 2);
    answer("HTTP/1.1 " + parts[0] + " No ~ " + parts[1]);
    ConnectionFailedException failed =
        Await.failure(client().connect(), ConnectionFailedException.class);
    assertThat(failed.disconnectCause())
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeRefused.class,
            refused -> assertThat(refused.httpStatus()).isEqualTo(Integer.parseInt(parts[0])));
    assertThat(server.requests()).isEqualTo(1);
    server.close();
    assertThat(threads.uncaught()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 -99 No ~ Content-Length: 0 | code < 0",
        "HTTP/1.1 204 No ~ Content-Length: 5 | HTTP 204",
        "HTTP/1.1 1000000000000 No ~ Content-Length: 0 | is not HTTP",
        "HTTP/9999999999.1 503 No ~ Content-Length: 0 | is not HTTP",
        "HTTP/1.1 101 Yes ~ Connection: Upgrade ~ Upgrade: websocket ~ Sec-WebSocket-Accept: ß | Sec-WebSocket-Accept",
        "HTTP/1.1 101 Yes ~ Content-Length: -5 | 'Connection' header",
      })
  void whatIsNoAnswerIsALostConnection(String answer, String words) {
    assertThat(loss(answer, 2))
        .isInstanceOf(DisconnectCause.ConnectionLost.class)
        .satisfies(cause -> assertThat(cause.description()).contains(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; foo=1",
        "permessage-deflate, foo",
        "permessage-deflate; client_max_window_bits=15",
        "permessage-deflate; server_max_window_bits=99999999999999999999",
        "permessage-deflate; server_max_window_bits=-1",
        "permessage-deflate; server_max_window_bits=",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate, permessage-deflate",
        "x-webkit-deflate-frame",
        "permessage-deflate; ß",
        ";;;",
      })
  void extensionsThatWereNotOfferedAreFinalAndNamed(String extensions) {
    assertIsFinal(
        "a WebSocket extension that was not offered",
        extensions,
        options -> options,
        "Sec-WebSocket-Extensions: " + extensions);
    assertIsFinal(
        "a WebSocket extension that was not offered",
        extensions,
        options -> options,
        "Sec-WebSocket-Extensions: permessage-deflate",
        "Sec-WebSocket-Extensions: " + extensions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| graphql-ws",
        "chat | graphql-ws",
        "chat | Chat",
        "chat | chat, more",
        "a, b | a, b"
      })
  void aSubprotocolThatWasNotAskedForIsFinalAndNamed(@Nullable String asked, String answered) {
    assertIsFinal(
        "subprotocol",
        answered,
        options -> asked == null ? options : options.header("Sec-WebSocket-Protocol", asked),
        "Sec-WebSocket-Protocol: " + answered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"chat | chat", "chat, other | other", "chat |", "a,b | b"})
  void aSubprotocolThatWasAskedForIsAccepted(String asked, @Nullable String answered) {
    String header = answered == null ? "X-Other: 1" : "Sec-WebSocket-Protocol: " + answered;
    server.answer((key, out) -> RawServer.acceptHandshake(key, out, header));
    AgentCraftClient client = client(options -> options.header("Sec-WebSocket-Protocol", asked));
    assertThat(Await.get(client.connect()).isConnected()).isTrue();
    server.close();
  }

  private void assertIsFinal(
      String kind,
      String named,
      UnaryOperator<AgentCraftClientBuilder> options,
      String... headers) {
    int before = server.requests();
    server.answer((key, out) -> RawServer.acceptHandshake(key, out, headers));
    AgentCraftClient client = client(options);
    ConnectionFailedException failed =
        Await.failure(client.connect(), ConnectionFailedException.class);
    assertThat(failed.disconnectCause()).isInstanceOf(DisconnectCause.HandshakeInvalid.class);
    assertThat(failed).hasMessageContaining(kind).hasMessageContaining(named);
    assertThat(client.connectionState().status()).isEqualTo(ConnectionStatus.FAILED);
    assertThat(server.requests()).isEqualTo(before + 1);
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void aServerThatAsksForPatienceIsLeftAloneForThatLong() {
    answer("HTTP/1.1 503 No ~ Retry-After: 1000000000000");
    AgentCraftClient client = client();
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    waiting(states);
    clock.advance(seconds(300).minusNanos(1));
    assertThat(server.requests()).isEqualTo(1);
    clock.advance(Duration.ofNanos(1));
    assertThat(Await.get(connecting).isConnected()).isTrue();
  }

  private DisconnectCause loss(String answer, int wait) {
    answer(answer);
    return lossOfTheFirstAttempt(wait);
  }

  /** Lets the next request be answered so, and with the end of the stream where the headers name no length. */
  private void answer(String answer) {
    String head = answer.replace(" ~ ", "\r\n") + "\r\n";
    boolean hasLength = head.contains("Content-Length") || head.contains("Transfer-Encoding");
    String whole = head + (hasLength ? "" : "Content-Length: 0\r\n") + "\r\n";
    server.answer((key, out) -> out.write(whole.getBytes(UTF_8)));
  }

  /** Connects at the second attempt, and returns why the first was in vain. */
  private DisconnectCause lossOfTheFirstAttempt(int wait) {
    AgentCraftClient client = client();
    Recorder<ConnectionState> states = states(client);
    CompletableFuture<ConnectionState> connecting = client.connect();
    ConnectionState lost = waiting(states);
    assertThat(lost.nextDelay()).isEqualTo(seconds(wait));
    assertThat(server.requests()).isEqualTo(1);
    clock.advance(seconds(wait));
    assertThat(Await.get(connecting).status()).isEqualTo(ConnectionStatus.CONNECTED);
    server.close();
    assertThat(threads.uncaught()).isEmpty();
    return lost.cause();
  }

  /** With a jar that takes all cookies and gives them back, since without one OkHttp does not read them. */
  private AgentCraftClient client() {
    return client(options -> options);
  }

  private AgentCraftClient client(UnaryOperator<AgentCraftClientBuilder> options) {
    OkHttpClient http = threads.okHttp().cookieJar(new Jar()).build();
    AgentCraftClient client =
        client(server.url(), builder -> options.apply(builder.okHttpClient(http)));
    closed(server);
    return client;
  }

  private static final class Jar implements CookieJar {

    private final List<Cookie> cookies = new CopyOnWriteArrayList<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> more) {
      cookies.addAll(more);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return List.copyOf(cookies);
    }
  }
}
