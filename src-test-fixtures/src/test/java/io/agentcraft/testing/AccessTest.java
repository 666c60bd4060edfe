package io.agentcraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What web pages can do with a server on the same machine: cross-site requests, and DNS rebinding. */
class AccessTest {

  private static final String STATS = "GET /api/ws/stats";
  private static final String POST = "POST /api/ws/broadcast";
  private static final String PATH = "/ws/agent-tracking/client_1_a";
  private static final String JSON = "Content-Type: application/json";

  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private ReferenceServer server = start(options -> options);

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8000",
        "LocalHost.:1",
        "app.localhost",
        "127.0.0.1",
        "127.0.0.1:8000",
        "127.9.8.7",
        "[::1]:8000",
        "[0:0:0:0:0:0:0:1]"
      })
  void namesOfThisMachineAreAllowed(String host) throws Exception {
    assertThat(status(STATS, "Host: " + host)).isEqualTo(200);
    assertThat(handshake("Host: " + host)).isEqualTo(101);
    assertThat(refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evillocalhost",
        "10.0.0.1",
        "0.0.0.0:8000",
        "[::2]",
        "127.0.0.999"
      })
  void otherNamesAreRefused(String host) throws Exception {
    String answer = send(STATS, "Host: " + host);
    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("--allow-host", "allowHosts(");
    assertThat(handshake("Host: " + host)).isEqualTo(403);
    assertThat(refusals)
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).contains(host.replaceFirst(":\\d+$", ""), "--allow-host"));
  }

  @ParameterizedTest
  @CsvSource({
    "demo.example, demo.example:8000",
    "Demo.Example., demo.example",
    "demo.example:8000, DEMO.example",
    "*, evil.example"
  })
  void otherNamesCanBeAllowed(String allowed, String host) throws Exception {
    restart(options -> options.allowHosts(allowed));
    assertThat(status(STATS, "Host: " + host)).isEqualTo(200);
    assertThat(handshake("Host: " + host)).isEqualTo(101);
    assertThat(handshake("Host: localhost")).isEqualTo(101);
  }

  @Test
  void theAddressThatTheClientReachedIsAllowed() throws Exception {
    AccessRules rules = new AccessRules(Set.of(), Set.of());
    InetAddress reached = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    assertThat(rules.refusal(Headers.of("Host", "10.0.0.1:8000"), reached)).isNull();
    assertThat(rules.refusal(Headers.of("Host", "10.0.0.2:8000"), reached)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8000, localhost:8000",
    "HTTP://LOCALHOST:8000, localhost:8000",
    "http://localhost, localhost",
    "http://localhost, localhost:80",
    "https://localhost, localhost:443",
    "http://127.0.0.1:9, 127.0.0.1:9",
    "http://[::1]:9, [::1]:9"
  })
  void theServersOwnPagesAreAllowed(String origin, String host) throws Exception {
    assertThat(handshake("Host: " + host, "Origin: " + origin)).isEqualTo(101);
    assertThat(post("{}", "Host: " + host, "Origin: " + origin, JSON)).contains("\"success\":true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:3000",
        "http://127.0.0.1:8000",
        "https://localhost:8000.evil.example",
        "http://localhost:8000@evil.example",
        "http://user@localhost:8000",
        "null",
        "file://",
        "chrome-extension://abcdef",
        "localhost:8000",
        ""
      })
  void foreignPagesAreRefused(String origin) throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      assertThat(handshake("Host: localhost:8000", "Origin: " + origin)).isEqualTo(403);
      for (String request : new String[] {STATS, "GET /nothing", "OPTIONS /api/ws/broadcast"}) {
        assertThat(send(request, "Host: localhost:8000", "Origin: " + origin))
            .startsWith("HTTP/1.1 403 ")
            .contains("--allow-origin", "allowOrigins(")
            .doesNotContain("Access-Control-");
      }
      assertThat(post("{\"type\":\"evil\"}", "Host: localhost:8000", "Origin: " + origin, JSON))
          .startsWith("HTTP/1.1 403 ");
      server.sendRaw("after");
      assertThat(client.take()).isEqualTo("after");
    }
    assertThat(refusals).hasSize(5).allSatisfy(line -> assertThat(line).contains("--allow-origin"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, http://localhost:3000",
    "http://LOCALHOST:3000, http://localhost:3000",
    "null, null",
    "*, https://anywhere.example"
  })
  void foreignPagesCanBeAllowed(String allowed, String origin) throws Exception {
    restart(options -> options.allowOrigins(allowed).requireToken("secret"));
    String[] from = {"Host: localhost:8000", "Origin: " + origin};
    String[] withToken = {from[0], from[1], "Authorization: Bearer secret", JSON};
    assertThat(handshake(withToken)).isEqualTo(101);
    assertThat(send(STATS, withToken))
        .startsWith("HTTP/1.1 200 ")
        .contains("Access-Control-Allow-Origin: " + origin + "\r\n", "Vary: Origin\r\n");
    // A browser asks first, without the token.
    assertThat(send(
            "OPTIONS /api/ws/broadcast",
            from[0],
            from[1],
            "Access-Control-Request-Headers: authorization,content-type"))
        .startsWith("HTTP/1.1 204 ")
        .contains(
            "Access-Control-Allow-Origin: " + origin + "\r\n",
            "Access-Control-Allow-Methods: GET, HEAD, POST\r\n",
            "Access-Control-Allow-Headers: authorization,content-type\r\n");
    assertThat(post("{}", withToken)).contains("\"success\":true");
    assertThat(post("{}", from[0], from[1], JSON)).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void anOriginHasNoPath() {
    for (String wrong : new String[] {"localhost:3000", "http://localhost:3000/", "ws://x", ""}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ReferenceServer.builder().allowOrigins(wrong))
          .withMessageContaining("http://localhost:3000");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json",
        "content-type:Application/JSON;charset=utf-8",
        "Content-Type: application/problem+json"
      })
  void jsonIsTaken(String type) throws Exception {
    assertThat(post("{}", "Host: localhost", type)).contains("\"success\":true");
  }

  /** A page can send all of these across origins without asking first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-None: ",
        "Content-Type: text/plain",
        "Content-Type: text/plain;application/json",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/jsonp"
      })
  void anythingElseIsNot(String type) throws Exception {
    try (RawClient client = RawClient.connect(server)) {
      assertThat(post("{\"type\":\"evil\"}", "Host: localhost", type))
          .startsWith("HTTP/1.1 415 ")
          .contains("application/json");
      server.sendRaw("after");
      assertThat(client.take()).isEqualTo("after");
    }
  }

  private int handshake(String... headers) throws Exception {
    String[] more = Arrays.copyOf(headers, headers.length + 4);
    String[] upgrade = {
      "Upgrade: websocket",
      "Connection: keep-alive, Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    System.arraycopy(upgrade, 0, more, headers.length, upgrade.length);
    return status("GET " + PATH, more);
  }

  private int status(String request, String... headers) throws Exception {
    return Integer.parseInt(send(request, headers).substring(9, 12));
  }

  private String post(String body, String... headers) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + body.length();
    return exchange(WireClient.request(POST, all) + body);
  }

  private String send(String request, String... headers) throws Exception {
    return exchange(WireClient.request(request, headers));
  }

  private String exchange(String request) throws Exception {
    try (WireClient client = WireClient.connect(server.url())) {
      client.write(request);
      return client.answer();
    }
  }

  private void restart(UnaryOperator<ReferenceServerBuilder> options) {
    server.close();
    server = start(options);
  }

  private ReferenceServer start(UnaryOperator<ReferenceServerBuilder> options) {
    return options.apply(ReferenceServer.builder().onRefusal(refusals::add)).start();
  }
}
