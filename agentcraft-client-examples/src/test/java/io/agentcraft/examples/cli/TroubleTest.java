package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.examples.live.Ending;
import io.agentcraft.testing.ReferenceServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** What a person reads who cannot connect: what is wrong and which option helps, at once if waiting is of no use. */
@Timeout(120)
class TroubleTest {

  private static final HeldCertificate CA = new HeldCertificate.Builder()
      .commonName("Private CA")
      .certificateAuthority(0)
      .build();

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | this does not look like an AgentCraft WebSocket endpoint. Check the URL.",
        "401 | the token is missing, wrong or expired. Set --token-file FILE or AGENTCRAFT_TOKEN.",
        "403 | Give the URL with the path where the server mounts the endpoint.",
        "404 | Give the URL with the path where the server mounts the endpoint.",
        "407 | a proxy on the way to the server requires credentials.",
        "302 | Give the URL that it redirects to: https://elsewhere.example/ws.",
      })
  void aRefusalIsFinalAtOnce(int status, String advice) {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().refuseNextHandshakes(2, status, "Location", "https://elsewhere.example/ws");
      assertThat(run("sessions", server.url())).isEqualTo(1);
    }
    assertEndedAtOnce("HTTP " + status, advice);
  }

  @ParameterizedTest
  @CsvSource({"429, asks clients to wait.", "503, asks clients to wait.", "500, has a problem."})
  void aServerThatIsThereIsNotLookedForElsewhere(int status, String what) {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().refuseNextHandshakes(100, status);
      assertThat(run("tail", server.url(), "session_1", "--seconds", "5")).isEqualTo(1);
    }
    assertThat(err.toString())
        .contains("waiting     the server answered the handshake with HTTP " + status)
        .contains("It was never connected: the server answered the handshake with HTTP " + status)
        .contains(what);
    assertThat(err.toString()).doesNotContain("Check ");
    assertPlain();
  }

  @Test
  void aServerThatIsNotThereIs() {
    assertThat(run("tail", "ws://127.0.0.1:1", "session_1", "--seconds", "5")).isEqualTo(1);
    assertThat(err.toString())
        .contains("It was never connected: the connection failed: ConnectException: ")
        .contains("Check that the server runs, and that host and port are right.");
    assertPlain();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sessions", "record", "watch", "soak", "publish"})
  void anAuthorityThatIsNotTrustedIsFinalAtOnce(String command) {
    try (ReferenceServer server = secure()) {
      assertThat(run(arguments(command, server.url()))).isEqualTo(1);
    }
    assertEndedAtOnce("the server's certificate is not trusted", "For a private CA, use --ca FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sessions", "record", "watch", "soak", "publish", "check"})
  void anAuthorityOfAFileIsTrusted(String command) throws Exception {
    Path pem = Files.writeString(
        folder.resolve("ca.pem"),
        new HeldCertificate.Builder().build().certificatePem() + "\n" + CA.certificatePem());
    try (ReferenceServer server = secure()) {
      List<String> args = new ArrayList<>(List.of(arguments(command, server.url())));
      args.addAll(1, List.of("--ca", pem.toString()));
      assertThat(run(args.toArray(String[]::new))).as(out + err.toString()).isZero();
    }
  }

  @Test
  void aServerWithoutTlsIsFinalAtOnce() {
    try (ReferenceServer server = ReferenceServer.start()) {
      assertThat(run("sessions", server.url().replace("ws://", "wss://"))).isEqualTo(1);
    }
    assertEndedAtOnce("A server that speaks no TLS may end connections", "use ws:// or http://");
  }

  @Test
  void aServerWithTlsIsFinalAtOnceToo() {
    try (ReferenceServer server = secure()) {
      assertThat(run("sessions", server.url().replace("wss://", "ws://"))).isEqualTo(1);
    }
    assertEndedAtOnce("the server's response is not HTTP. If it speaks TLS, use wss://", "");
  }

  @Test
  void aTokenFileThatIsGoneLaterIsFinalAndNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "hush-7");
    Command tokens = new Command();
    CommandLine command = new CommandLine(tokens).setErr(new PrintWriter(err));
    try (ReferenceServer server = ReferenceServer.start()) {
      command.parseArgs(server.url(), "--token-file", file.toString());
      try (AgentCraftClient client = tokens.target.client();
          CommandRun run = new CommandRun(command)) {
        Files.delete(file);
        var unused = run.connect(client);
        Ending end = run.await(null, () -> {});
        assertThat(run.exitCode(end)).isEqualTo(1);
      }
    }
    assertEndedAtOnce(
        "The client gave up: --token-file " + file + " can't be read: there is no such file.",
        "Give a file that holds the token.");
  }

  /** Each command with the other arguments that it needs. */
  static Stream<String> connecting() {
    return Stream.of(
        "demo", "watch", "tail", "sessions", "state", "publish", "check", "record", "soak");
  }

  @ParameterizedTest
  @MethodSource("connecting")
  void aFileWithoutCertificatesIsNamed(String command) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path junk = Files.writeString(folder.resolve("junk"), "-----BEGIN CERTIFICATE-----\nx");
    Path missing = folder.resolve("missing");
    for (Path file : List.of(empty, junk, missing)) {
      List<String> args = new ArrayList<>(List.of(arguments(command, "wss://localhost:1")));
      args.addAll(1, List.of("--ca", file.toString()));
      assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("--ca " + empty + " holds no certificates. Give a file in PEM format")
        .contains("--ca " + junk + " holds no certificates. Give a file in PEM format")
        .contains("--ca " + missing + " can't be read: there is no such file.");
    assertPlain();
  }

  @Test
  void aProxyThatIsRefusedIsAWrongArgument() {
    Network network = new Network(Map.of("HTTPS_PROXY", "ftp://hush"));
    CommandLine command = new CommandLine(CommandSpec.create());
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Target.client(
            command,
            "wss://server.example",
            new Credentials(null),
            network,
            UnaryOperator.identity())))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageStartingWith("The variable HTTPS_PROXY does not name a proxy that can be used.");
  }

  @CommandLine.Command(name = "tokens")
  private static final class Command {

    @Mixin
    private final Target target = new Target();
  }

  private void assertEndedAtOnce(String what, String advice) {
    assertThat(out + err.toString()).contains(what).contains(advice).doesNotContain("waiting  ");
    assertPlain();
  }

  /** Words of the command line's users only, and sentences that end once. */
  private void assertPlain() {
    assertThat((out + err.toString()).replaceAll("\\[[#.]+]", ""))
        .doesNotContain("..", "(…)", "()", "OkHttpClient", "hush-7");
  }

  private String[] arguments(String command, String url) {
    return switch (command) {
      case "demo" -> new String[] {"demo", "--plain", "--url", url, "--seconds", "2"};
      case "watch" -> new String[] {"watch", "--plain", url, "--seconds", "2"};
      case "tail", "state" -> new String[] {command, url, "session_1"};
      case "publish" -> new String[] {"publish", url, "--agent", "A", "--status", "completed"};
      case "check" ->
        new String[] {
          "check",
          url,
          "--skip",
          "ping-after-silence",
          "--skip",
          "no-ping-while-frames-flow",
          "--skip",
          "reconnect-overlapping"
        };
      case "record" ->
        new String[] {"record", url, folder.resolve("traffic").toString(), "--seconds", "2"};
      case "soak" -> new String[] {"soak", url, "--clients", "2", "--rounds", "2"};
      default -> new String[] {command, url};
    };
  }

  private static ReferenceServer secure() {
    HeldCertificate certificate = new HeldCertificate.Builder()
        .addSubjectAlternativeName("127.0.0.1")
        .signedBy(CA)
        .build();
    return ReferenceServer.builder()
        .tls(
            new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory(),
            false)
        .start();
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
