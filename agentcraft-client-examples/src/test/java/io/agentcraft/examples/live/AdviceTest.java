package io.agentcraft.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.connection.DisconnectCause;
import io.agentcraft.client.connection.DisconnectCause.ConnectionLost;
import io.agentcraft.client.connection.DisconnectCause.HandshakeRefused;
import io.agentcraft.client.connection.DisconnectCause.TlsFailed;
import io.agentcraft.client.connection.DisconnectCause.TokenUnavailable;
import io.agentcraft.client.connection.ReconnectPolicy;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line speaks of its own options, and its advice fits the cause. */
class AdviceTest {

  private static final Path SDK = Path.of("../agentcraft-client/src/main/java");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern METHOD = Pattern.compile("\\b[a-z][A-Za-z]*\\((…|)\\)");

  /** Of these the command line has no use, so its users never read them. */
  private static final Set<String> NEVER_SHOWN = Set.of(
      "agent(…)",
      "callbackExecutor(…)",
      "closeAsync()",
      "connect()",
      "framesPerMinute(…)",
      "onConnectionState(…)",
      "setMaxRequests(…)",
      "dispatcher()",
      "toString()",
      "drainTimeout(…)",
      "wireText()");

  /** Reads the SDK's own messages, so that a new one is noticed here. */
  @Test
  void noMessageOfTheSdkSpeaksOfItsMethods() throws IOException {
    Set<String> left = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SDK)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String code = Files.readAllLines(file).stream()
            .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/"))
            .collect(Collectors.joining("\n"));
        LITERAL
            .matcher(code)
            .results()
            .flatMap(text -> METHOD.matcher(Advice.inOptions(text.group(1))).results())
            .map(method -> method.group())
            .filter(method -> !NEVER_SHOWN.contains(method))
            .forEach(method -> left.add(file.getFileName() + ": " + method));
      }
    }
    assertThat(left).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Use token(…), tokenProvider(…) or header(…) instead."
            + " | Use --token-file FILE or AGENTCRAFT_TOKEN instead.",
        "is wrong. Set token(…) or tokenProvider(…)"
            + " | is wrong. Set --token-file FILE or AGENTCRAFT_TOKEN",
        "The httpBaseUrl of host a has a query | The --http-base of host a has a query",
        "Check the URL, or set httpBaseUrl(…). | Check the URL, or set --http-base URL.",
        "gone. (Call connect() to start again.) | gone.",
        "gone. A later update tries again. | gone.",
        "Use PublishTransport.AUTO or HTTP. | Use --transport auto or http.",
        "Nothing to change. | Nothing to change."
      })
  void saysItInOptions(String message, String expected) {
    assertThat(Advice.inOptions(message)).isEqualTo(expected);
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(new ConnectionLost(new ConnectException("refused")), "Check that the server"),
        Arguments.of(new ConnectionLost(new UnknownHostException("a")), "Check that the server"),
        Arguments.of(new ConnectionLost(new EOFException()), "Check that the server"),
        Arguments.of(new ConnectionLost(new IOException("x", new EOFException())), "Check that"),
        Arguments.of(
            new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(1), ""), "Check that"),
        Arguments.of(new DisconnectCause.HandshakeTimedOut(Duration.ofSeconds(1), "no token"), ""),
        Arguments.of(new ConnectionLost(new IOException("the proxy a:1 failed")), "HTTPS_PROXY"),
        Arguments.of(new HandshakeRefused(502, null, "the proxy a:1 did not"), "NO_PROXY"),
        Arguments.of(
            new DisconnectCause.HandshakeInvalid("Configure the server, or the proxy in front"),
            ""),
        Arguments.of(new HandshakeRefused(503, null, "the server asks clients to wait"), ""),
        Arguments.of(new HandshakeRefused(429, null, "the server asks clients to wait"), ""),
        Arguments.of(new HandshakeRefused(401, null, "the token is missing"), ""),
        Arguments.of(new ConnectionLost(new NoSuchMethodError()), ""),
        Arguments.of(new ConnectionLost(new IOException("no HTTP", new ProtocolException())), ""),
        Arguments.of(new TlsFailed(new SSLHandshakeException("x")), ""),
        Arguments.of(new DisconnectCause.ClosedByServer(1008, "no"), ""));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void advisesWhatFitsTheCause(DisconnectCause cause, String hint) {
    assertThat(Advice.hint(cause).orElse(""))
        .contains(hint)
        .matches(words -> hint.isEmpty() == words.isEmpty());
    assertThat(Advice.sentences(cause)).endsWith(".").doesNotContain("..", "(…)");
  }

  @Test
  void aFileOfTheUsersIsNamed() {
    DisconnectCause cause =
        new TokenUnavailable(new Advice.WrongFile("--token-file x is empty.", null));
    assertThat(Advice.sentences(cause)).isEqualTo("--token-file x is empty.");
    assertThat(Advice.sentences(new TokenUnavailable(new IOException("secret"))))
        .doesNotContain("secret");
  }

  @Test
  void whatIsWrongFromTheStartIsFinalAndWhatChangesLaterIsNot() {
    DisconnectCause tls = new TlsFailed(new SSLHandshakeException("unknown"));
    DisconnectCause noHttp = new ConnectionLost(new IOException("x", new ProtocolException()));
    DisconnectCause noTls =
        new ConnectionLost(new IOException("x", new SSLHandshakeException("ended")));
    assertThat(isFinal(noTls, 1)).isTrue();
    assertThat(isFinal(noTls, 2)).isFalse();
    DisconnectCause file = new TokenUnavailable(new Advice.WrongFile("gone", null));
    assertThat(isFinal(tls, 1)).isTrue();
    assertThat(isFinal(noHttp, 1)).isTrue();
    assertThat(isFinal(tls, 2)).as("certificates are renewed while one watches").isFalse();
    assertThat(isFinal(noHttp, 2)).isFalse();
    assertThat(isFinal(file, 1)).isTrue();
    assertThat(isFinal(file, 2)).isTrue();
    assertThat(isFinal(new HandshakeRefused(404, null, ""), 3)).isTrue();
    assertThat(isFinal(new HandshakeRefused(501, null, ""), 1)).isTrue();
    assertThat(isFinal(new HandshakeRefused(501, null, ""), 2)).isFalse();
    assertThat(isFinal(new HandshakeRefused(503, null, ""), 1)).isFalse();
    assertThat(isFinal(new ConnectionLost(new ConnectException()), 1)).isFalse();
  }

  private static boolean isFinal(DisconnectCause cause, int attempt) {
    return Advice.isFinal(new ReconnectPolicy.Context(cause, attempt, false));
  }

  @Test
  void theSdkItselfSpeaksOfItsMethods() {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(
            () -> AgentCraftClient.builder("ws://me:hush@localhost").build()))
        .hasMessageContaining("token(…), tokenProvider(…) or header(…)");
  }
}
