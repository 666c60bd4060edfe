package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentcraft.testing.ClientIdCheck;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command and its exit codes. What needs minutes of waiting is left out; the kit's own tests have it. */
@Timeout(120)
class CheckCommandTest {

  private static final List<String> QUICK = List.of(
      "--skip",
      "ping-after-silence",
      "--skip",
      "no-ping-while-frames-flow",
      "--skip",
      "reconnect-overlapping");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aConformantServerIsReportedAndExitsWithZero() {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.startSession("session_1", "Why?", "Researcher");

      int exitCode = check(server.url());

      assertThat(exitCode).as(out.toString() + err).isZero();
      assertThat(out.toString().lines())
          .contains("endpoint  " + server.url("/ws/agent-tracking"))
          .contains("PASS            session-state")
          .anyMatch(line -> line.matches("NOT APPLICABLE +rate-limit +it takes a minute.*"))
          .last()
          .isEqualTo("passed 17, failed 0, known deviations 0, not applicable 1: conformant");
    }
  }

  @Test
  void aFailureExitsWithOne() {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().rewriteSent((to, text) -> List.of(text.replace("active_sessions", "hello")));

      assertThat(check(server.url())).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL            active-sessions-first", "not conformant");
    }
  }

  @Test
  void aServerThatAcceptsAnyClientIdConforms() {
    try (ReferenceServer server =
        ReferenceServer.builder().clientIdCheck(ClientIdCheck.OFF).start()) {
      assertThat(check(server.url())).isZero();
      assertThat(out.toString())
          .contains("DEVIATION       id-refusal                 any client id is accepted");
    }
  }

  @Test
  void asJsonItIsOneObject(@TempDir Path folder) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t-7\n");
    try (ReferenceServer server =
        ReferenceServer.builder().form(WireForm.DEPLOYED).requireToken("t-7").start()) {
      int exitCode =
          check(server.url(), "--json", "--token-file", token.toString(), "--skip", "status-relay");

      JsonNode report = new ObjectMapper().readTree(out.toString());
      assertThat(exitCode).as(out.toString() + err).isZero();
      assertThat(report.path("form").asText()).isEqualTo("deployed");
      assertThat(report.path("conformant").asBoolean()).isTrue();
      assertThat(report.path("checks"))
          .anySatisfy(check -> {
            assertThat(check.path("name").asText()).isEqualTo("session-state-unknown");
            assertThat(check.path("verdict").asText()).isEqualTo("deviation");
            assertThat(check.path("deviation").asText()).isEqualTo("session-not-found");
            assertThat(check.path("sentence").asText()).contains("unknown session");
          })
          .noneSatisfy(check -> assertThat(check.path("name").asText()).isEqualTo("status-relay"));
      assertThat(out.toString()).doesNotContain("t-7");
    }
  }

  @Test
  void whatAServerSendsStaysOnItsLine() throws IOException {
    try (ReferenceServer server = ReferenceServer.start()) {
      server
          .faults()
          .rewriteSent((connection, text) ->
              List.of("junk \n\u001b[2J\r\u202eFAKE            connect\u009b" + text));
      assertThat(check(server.url("/\nFAKE"))).isEqualTo(3);
      assertThat(check(server.url())).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAKE")
          .doesNotContain("\u001b", "\r", "\u009b", "\u202e");
      assertThat(out.toString().lines()).noneMatch(line -> line.startsWith("FAKE"));

      out.getBuffer().setLength(0);
      assertThat(check(server.url(), "--json")).isEqualTo(1);
      assertThat(out.toString()).doesNotContain("\u001b", "\r", "\u009b", "\u202e");
      assertThat(new ObjectMapper().readTree(out.toString()).findValuesAsText("actual"))
          .anyMatch(actual -> actual.contains("junk \\u000A\\u001B[2J\\u000D\\u202EFAKE"));
    }
  }

  @Test
  void whereToPostIsToldByAnOptionAndNotGuessed() {
    try (ReferenceServer server =
        ReferenceServer.builder().form(WireForm.DEPLOYED).paths("/sockets").start()) {
      assertThat(check(server.url("/sockets"))).as(out.toString() + err).isZero();
      assertThat(out.toString())
          .containsPattern("NOT APPLICABLE +status-broadcast .*set --http-base URL");
      assertThat(check(server.url("/sockets"), "--http-base", server.httpUrl()))
          .as(out.toString() + err)
          .isZero();
      assertThat(out.toString()).containsPattern("PASS +status-broadcast");
    }
  }

  @Test
  void noServerExitsWithThree() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    int exitCode = check("ws://127.0.0.1:" + port);

    assertThat(exitCode).isEqualTo(3);
    assertThat(out.toString())
        .contains("FAIL            connect", "Check that the server runs", ": not connected");
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThat(check("localhost:8000")).isEqualTo(2);
    assertThat(check("ws://localhost", "--ping-wait", "0")).isEqualTo(2);
    assertThat(check("ws://localhost", "--skip", "everything")).isEqualTo(2);
    assertThat(err.toString())
        .contains("does not begin with ws://")
        .contains("The ping wait was")
        .contains("There is no check \"everything\". The checks are: connect, ");
  }

  private int check(String... args) {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(QUICK);
    all.addAll(List.of(args));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
