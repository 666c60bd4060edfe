package io.agentcraft.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agentcraft.client.listener.OverflowStrategy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work fails before anything begins, and says what would work. */
class BuilderErrorsTest {

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void whatCannotWorkSaysWhatWould(
      UnaryOperator<AgentCraftClientBuilder> mistake, String wrong, String right) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> mistake.apply(AgentCraftClient.builder("ws://host:8000")).build())
        .withMessageContaining(wrong)
        .withMessageContaining(right)
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter2"));
  }

  static Stream<Arguments> mistakes() {
    Duration zero = Duration.ZERO;
    Duration ages = Duration.ofDays(366);
    return Stream.of(
        mistake(b -> b.handshakeTimeout(zero), "handshakeTimeout is PT0S", "more than zero"),
        mistake(b -> b.requestTimeout(Duration.ofSeconds(-1)), "requestTimeout is PT-1S", "PT30S"),
        mistake(b -> b.handshakeTimeout(Duration.ofDays(30)), "handshakeTimeout", "24 days"),
        mistake(b -> b.handshakeTimeout(Duration.ofNanos(1)), "handshakeTimeout", "1 ms"),
        mistake(b -> b.requestTimeout(Duration.ofDays(30)), "requestTimeout", "24 days"),
        mistake(b -> b.requestTimeout(Duration.ofNanos(1)), "requestTimeout", "1 ms"),
        mistake(b -> b.closeTimeout(ages), "closeTimeout is PT8784H", "at most a year"),
        mistake(b -> b.idleTimeout(Duration.ofNanos(-1)), "idleTimeout", "zero and a year"),
        mistake(b -> b.backoffResetAfter(ages), "backoffResetAfter", "between zero and a year"),
        mistake(
            b -> b.webSocketPingInterval(Duration.ofDays(30)), "webSocketPingInterval", "24 days"),
        mistake(b -> b.webSocketPingInterval(Duration.ofNanos(1)), "PT0.000000001S", "1 ms"),
        mistake(b -> b.webSocketPingInterval(Duration.ofSeconds(-1)), "PT-1S", "zero for never"),
        mistake(
            b -> b.callbackQueue(0, OverflowStrategy.BLOCK), "callbackQueue is 0", "at least 1"),
        mistake(b -> b.framesPerMinute(0), "framesPerMinute is 0", "at least 1"),
        mistake(b -> b.clientId("me"), "\"me\"", "client_1700000000000_abc123def"),
        mistake(b -> b.clientId("client_1_ABC"), "client_1_ABC", "lower-case"),
        mistake(b -> b.clientId("client_1_a\n"), "client_1_a", "lower-case"),
        mistake(b -> b.header("Host", "hunter2"), "Host", "Leave it out"),
        mistake(b -> b.header("sec-websocket-KEY", "hunter2"), "sec-websocket-KEY", "Leave it"),
        mistake(b -> b.header("X-Key", "hunter2\n"), "X-Key", "printable ASCII"),
        mistake(b -> b.header("bad name", "hunter2"), "bad?name", "printable ASCII"),
        mistake(b -> b.token("hunter2"), "unencrypted to host", "wss://"),
        mistake(
            b -> b.tokenProvider(() -> CompletableFuture.completedFuture("hunter2")),
            "unencrypted to host",
            "allowTokenOverPlaintext()"),
        mistake(b -> b.header("authorization", "hunter2"), "unencrypted to host", "wss://"),
        mistake(b -> b.header("COOKIE", "hunter2"), "unencrypted to host", "wss://"),
        mistake(b -> b.header("Proxy-Authorization", "hunter2"), "unencrypted", "wss://"),
        mistake(
            b -> b.allowTokenOverPlaintext().token("hunter2").header("AUTHORIZATION", "hunter2"),
            "only one",
            "Leave one of them out"),
        mistake(b -> b.token("hunter2\n"), "line break", "without \"Bearer\""),
        mistake(b -> b.token("Bearer hunter2"), "spaces", "bare token"),
        mistake(b -> b.token(""), "empty", "bare token"));
  }

  @Test
  void aTokenMayTravelEncryptedToThisMachineOrWhenAllowed() {
    for (String url : new String[] {
      "wss://host",
      "ws://localhost:1",
      "WS://LocalHost",
      "ws://127.0.0.1:1",
      "ws://127.255.0.9",
      "ws://[::1]:1",
      "ws://[0:0:0:0:0:0:0:1]",
      "ws://[::ffff:127.0.0.1]"
    }) {
      AgentCraftClient.builder(url).token("hunter2").build().close();
    }
    AgentCraftClient client = AgentCraftClient.builder("ws://host?key=hunter2")
        .token("hunter2")
        .allowTokenOverPlaintext()
        .build();
    client.close();

    assertThat(client.toString()).contains("CLOSED").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host",
        "localhost.",
        "dev.localhost",
        "localhost.example",
        "localhostexample",
        "127.0.0.1.nip.io",
        "127.0.0.1.",
        "127.0.0.256",
        "127.1",
        "128.0.0.1",
        "0.0.0.0",
        "10.127.0.0.1",
        "[::]",
        "[::2]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[2001:db8::127.0.0.1]"
      })
  void noOtherHostCountsAsThisMachine(String host) {
    for (String scheme : new String[] {"ws://", "http://"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> AgentCraftClient.builder(scheme + host).token("hunter2").build())
          .withMessageContaining("unencrypted to");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AgentCraftClient.builder("wss://host")
              .httpBaseUrl(scheme + host)
              .tokenProvider(() -> CompletableFuture.completedFuture("hunter2"))
              .build())
          .withMessageContaining("unencrypted to");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://localhost@host",
        "ws://localhost:80@host",
        "ws://127.0.0.1%2F@host",
        "ws://@host",
        "ws://host\\@localhost"
      })
  void aUserNameThatLooksLikeThisMachineHelpsNobody(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentCraftClient.builder(url).token("hunter2").build())
        .withMessageContaining("host");
  }

  private static Arguments mistake(
      UnaryOperator<AgentCraftClientBuilder> mistake, String wrong, String right) {
    return Arguments.of(mistake, wrong, right);
  }
}
