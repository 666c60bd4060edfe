package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a program of its own, with variables and a locale of its own. */
@Timeout(120)
class EnvironmentTest {

  private static final HeldCertificate CA = new HeldCertificate.Builder()
      .commonName("Private CA")
      .certificateAuthority(0)
      .build();

  @TempDir
  private Path folder;

  private String output = "";

  @Test
  void aTunnelThroughTheProxyOfTheEnvironment() throws Exception {
    HeldCertificate certificate = new HeldCertificate.Builder()
        .addSubjectAlternativeName("server.example")
        .signedBy(CA)
        .build();
    HandshakeCertificates tls =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    Path pem = Files.writeString(folder.resolve("ca.pem"), CA.certificatePem());
    try (ReferenceServer server = ReferenceServer.builder()
            .tls(tls.sslSocketFactory(), false)
            .allowHosts("server.example")
            .start();
        TunnelProxy proxy =
            new TunnelProxy(server.port(), okhttp3.Credentials.basic("me", "pass word"))) {
      server.startSession("session_1", "Why?", "Researcher");
      String variable = "http://me:pass%20word@" + proxy.address();
      String[] args = {"sessions", "wss://server.example", "--ca", pem.toString()};

      assertThat(run(Map.of("HTTPS_PROXY", variable), args)).as(output).isZero();
      assertThat(output).contains("session_1");
      assertThat(proxy.requests()).contains("CONNECT server.example:443 HTTP/1.1");

      assertThat(run(Map.of("ALL_PROXY", "http://" + proxy.address()), args)).isEqualTo(1);
      assertThat(output)
          .contains("the proxy " + proxy.address() + " requires a user name and a password")
          .contains("as in HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT.")
          .contains("NO_PROXY")
          .doesNotContain("waiting  ", "OkHttpClient", "..");
    }
  }

  @Test
  void withoutTlsTheProxySaysNoAndNoProxyGoesAround() throws Exception {
    try (ReferenceServer server = ReferenceServer.start();
        TunnelProxy proxy = new TunnelProxy(server.port(), "")) {
      Map<String, String> through = Map.of("http_proxy", proxy.address());
      String[] args = {"sessions", server.url()};

      assertThat(run(through, args)).isEqualTo(1);
      assertThat(output)
          .contains("the proxy " + proxy.address()
              + " does not pass on WebSockets without TLS. Use wss://")
          .doesNotContain("the server answered", "waiting  ", "..");
      assertThat(proxy.requests()).isNotEmpty();

      int before = proxy.requests().size();
      assertThat(run(Map.of("http_proxy", proxy.address(), "NO_PROXY", "127.0.0.0/8"), args))
          .as(output)
          .isZero();
      assertThat(proxy.requests()).hasSize(before);
    }
  }

  @Test
  void aProxyThatIsDownOrNoneIsNamed() throws Exception {
    Map<String, String> down = Map.of("HTTP_PROXY", "http://127.0.0.1:1");
    assertThat(run(down, "publish", "ws://server.example", "--agent", "A", "--status", "idle"))
        .isEqualTo(1);
    assertThat(output)
        .contains("the proxy 127.0.0.1:1 cannot be reached")
        .contains("HTTPS_PROXY, HTTP_PROXY and ALL_PROXY name proxies")
        .doesNotContain("Check that the server", "..");

    assertThat(run(down, "check", "ws://server.example", "--skip", "status-relay"))
        .isEqualTo(3);
    assertThat(output)
        .contains("127.0.0.1:1", "HTTPS_PROXY, HTTP_PROXY and ALL_PROXY name proxies");

    assertThat(run(Map.of("ALL_PROXY", "ftp://hush"), "sessions", "ws://server.example"))
        .isEqualTo(2);
    assertThat(output)
        .contains("The variable ALL_PROXY does not name a proxy that can be used.")
        .doesNotContain("hush");
  }

  /** The SDK's log lines are for the same reader as all others. */
  @Test
  void logLinesSpeakOfOptionsToo() throws Exception {
    try (ReferenceServer server =
            ReferenceServer.builder().form(WireForm.DEPLOYED).start();
        ReferenceServer elsewhere =
            ReferenceServer.builder().form(WireForm.DEPLOYED).start()) {
      String[] args = {
        "publish",
        server.url(),
        "--http-base",
        elsewhere.httpUrl(),
        "--agent",
        "A",
        "--status",
        "idle"
      };
      assertThat(run(Map.of(), args)).isEqualTo(1);
      assertThat(output)
          .containsPattern(" WARN .* Check the URL, or set --http-base URL\\.\\R")
          .contains("accepted    HTTP in ")
          .doesNotContain("(…)");
    }
  }

  @Test
  void logLinesAreEscaped() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.startSession("session_1", "Why?", "Researcher");
      server
          .faults()
          .rewriteSent((connection, text) -> text.contains("active_sessions")
              ? List.of("junk\n\u001b[2JFAKE\u202e")
              : List.of(text));
      assertThat(run(Map.of(), "state", server.url(), "session_1")).as(output).isZero();
      assertThat(output)
          .contains(" WARN ")
          .contains("FAKE")
          .doesNotContain("\u001b", "\u202e", "onError");
      assertThat(output.lines()).noneMatch(line -> line.startsWith("FAKE"));
    }
  }

  /** Output that programs read has the same digits everywhere. */
  @Test
  void digitsDoNotDependOnTheLocaleOfTheUser() throws Exception {
    try (ReferenceServer server = ReferenceServer.start()) {
      String[] args = {
        "publish", server.url(), "--agent", "A", "--status", "processing", "--progress", "12.5"
      };
      assertThat(run(
              Map.of(),
              List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab"),
              args))
          .as(output)
          .isZero();
      assertThat(output).matches("delivered   (WEBSOCKET|HTTP) in [0-9]+ ms: a PROCESSING 13 %\\R");
    }
  }

  private int run(Map<String, String> variables, String... args) throws Exception {
    return run(variables, List.of(), args);
  }

  /** Runs a command, and reads what it prints on standard output and standard error. */
  private int run(Map<String, String> variables, List<String> jvm, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    // Otherwise that of the tests, which is on the class path as well.
    command.add("-Dlogback.configurationFile="
        + Path.of("src", "main", "resources", "logback.xml").toUri());
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classPath() {
    return Main.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(EnvironmentTest::path)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static String path(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
