package io.agentcraft.client.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.ExponentialBackoff;
import io.agentcraft.client.error.ConnectionFailedException;
import io.agentcraft.client.error.PublishFailedException;
import io.agentcraft.client.publish.PublishTransport;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy did is not taken for the server's doing, over the WebSocket and over HTTP. */
class ProxyTest extends IntegrationTest {

  /** No name server is asked for it: the proxy would be. */
  private static final String SERVER = "://server.example/team/ws/agent-tracking";

  private final RawServer proxy = closed(new RawServer());
  private final String proxyAddress = URI.create(proxy.url()).getAuthority();

  @ParameterizedTest
  @CsvSource({
    "ws, 407, true, requires a user name and a password",
    "wss, 407, true, requires a user name and a password",
    "ws, 501, false, does not pass on WebSockets without TLS. Use wss://",
    "wss, 501, false, did not connect to server.example:443",
    "wss, 403, true, did not connect to server.example:443",
    "wss, 502, false, did not connect to server.example:443",
    "ws, 403, true, may have answered instead of the server",
    "ws, 502, false, may have answered instead of the server",
    "ws, 503, false, may have answered instead of the server"
  })
  void anAnswerOfTheProxyIsNamedAsSuch(String scheme, int status, boolean isFinal, String what) {
    for (int i = 0; i < 2; i++) {
      proxy.answer((key, out) ->
          out.write(("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8)));
    }
    ConnectionFailedException failed = socketFailure(scheme, Proxy.Type.HTTP);
    assertThat(failed)
        .hasMessageContaining("HTTP " + status + " at " + scheme + SERVER)
        .hasMessageContaining("the proxy " + proxyAddress)
        .hasMessageContaining(what);
    assertThat(failed.getMessage()).doesNotContain("the server answered", "..");
    assertThat(failed.disconnectCause())
        .isInstanceOfSatisfying(
            DisconnectCause.HandshakeRefused.class,
            refused -> assertThat(refused.httpStatus()).isEqualTo(status));
    assertThat(failed.getMessage().contains("would fail the same way")).isEqualTo(isFinal);

    PublishFailedException post = postFailure(scheme, Proxy.Type.HTTP);
    assertThat(post)
        .hasMessageContaining("HTTP " + status)
        .hasMessageContaining("the proxy " + proxyAddress);
    assertThat(post.getMessage()).doesNotContain("the server answered", "..");
  }

  /** Some of these speak for the server alone. */
  @ParameterizedTest
  @CsvSource({"401, the token is missing", "302, redirects", "429, asks clients to wait"})
  void whatOnlyAServerAnswersIsTheServers(int status, String what) {
    proxy.answer((key, out) ->
        out.write(("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8)));
    assertThat(socketFailure("ws", Proxy.Type.HTTP))
        .hasMessageContaining("the server answered the handshake with HTTP " + status)
        .hasMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource({"ws, HTTP", "wss, HTTP", "ws, SOCKS", "wss, SOCKS"})
  void aProxyThatIsDownIsNamed(String scheme, Proxy.Type type) {
    proxy.close();
    ConnectionFailedException failed = socketFailure(scheme, type);
    assertThat(failed).hasMessageContaining("the proxy " + proxyAddress);
    assertThat(failed.getMessage()).doesNotContain("client certificate", "..");
    assertThat(failed.disconnectCause()).isInstanceOf(DisconnectCause.ConnectionLost.class);
    assertThat(postFailure(scheme, type)).hasMessageContaining("the proxy " + proxyAddress);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "wss"})
  void aProxyWithoutAnAddressIsNamed(String scheme) {
    Proxy unknown =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.invalid", 3128));
    assertThat(socketFailure(scheme, unknown))
        .hasMessageContaining("the proxy proxy.invalid:3128 cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage\r\n\r\n"})
  void aProxyThatSpeaksNoHttpIsNamed(String answer) {
    for (String scheme : new String[] {"ws", "wss"}) {
      for (int i = 0; i < 3; i++) {
        proxy.answer((key, out) -> {
          out.write(answer.getBytes(UTF_8));
          out.close();
        });
      }
      ConnectionFailedException failed = socketFailure(scheme, Proxy.Type.HTTP);
      assertThat(failed).hasMessageContaining("the proxy " + proxyAddress);
      assertThat(failed.getMessage()).doesNotContain("client certificate", "use wss://");
    }
  }

  /** Behind a proxy that let us through, the fault is the server's. */
  @Test
  void tlsThatFailsBehindTheProxyIsTheServers() {
    proxy.answer((key, out) -> {
      out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
      out.close();
    });
    ConnectionFailedException failed = socketFailure("wss", Proxy.Type.HTTP);
    assertThat(failed).hasMessageContaining("A server that speaks no TLS may end connections");
    assertThat(failed.getMessage()).doesNotContain("the proxy");
  }

  @Test
  void aServerThatIsReachedDirectlyHasNoProxyInItsErrors() {
    proxy.close();
    assertThat(socketFailure("ws", Proxy.NO_PROXY, "://" + proxyAddress + "/ws"))
        .hasMessageContaining("Failed to connect")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("proxy");
  }

  private ConnectionFailedException socketFailure(String scheme, Proxy.Type type) {
    return socketFailure(scheme, proxy(type));
  }

  private ConnectionFailedException socketFailure(String scheme, Proxy through) {
    return socketFailure(scheme, through, SERVER);
  }

  private ConnectionFailedException socketFailure(String scheme, Proxy through, String server) {
    AgentCraftClient client = client(
        scheme + server,
        options -> options
            .okHttpClient(http(through))
            .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0)));
    return Await.failure(client.connect(), ConnectionFailedException.class);
  }

  private PublishFailedException postFailure(String scheme, Proxy.Type type) {
    AgentCraftClient client = client(
        scheme + SERVER,
        options -> options
            .okHttpClient(http(proxy(type)))
            .publishTransport(PublishTransport.HTTP)
            .reconnectPolicy(ExponentialBackoff.defaults().withMaxAttempts(0)));
    return Await.failure(
        client.agent("a", "Agent").completed("done"), PublishFailedException.class);
  }

  private Proxy proxy(Proxy.Type type) {
    URI address = URI.create(proxy.url());
    return new Proxy(type, new InetSocketAddress(address.getHost(), address.getPort()));
  }

  private static OkHttpClient http(Proxy proxy) {
    return new OkHttpClient.Builder().proxy(proxy).build();
  }
}
