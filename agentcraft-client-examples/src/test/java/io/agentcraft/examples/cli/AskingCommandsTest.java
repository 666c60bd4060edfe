package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.record.FrameListener.Direction;
import io.agentcraft.client.record.RecordedFrame;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sessions}, {@code state}, {@code tail}, {@code record} and {@code replay}, against a server in this process. */
@Timeout(120)
class AskingCommandsTest {

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ReferenceServer server =
      ReferenceServer.builder().form(WireForm.DEPLOYED).start();

  @BeforeEach
  void startSession() {
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    server.agentStatus("agent-1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
    server.appendLog("session_1", "info", "Researcher", "It scatters");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sessionsListsThem() {
    assertThat(run("sessions", server.url())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("session_1").contains("40 %");
  }

  @Test
  void sessionsAsJsonIsTheServersMessage() {
    assertThat(run("sessions", server.url(), "--json")).isZero();
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"active_sessions\"");
  }

  @Test
  void stateShowsASession() {
    assertThat(run("state", server.url(), "session_1")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("session     session_1")
        .contains("agent       Researcher processing 40 % Reading\n");
  }

  @Test
  void stateShowsTheOutputAndWhyAnAgentFailed() {
    try (ReferenceServer documented = ReferenceServer.start()) {
      for (ReferenceServer each : List.of(server, documented)) {
        each.startSession("session_2", "Why?", "Writer");
        each.crewOutput("session_2", "Writer", "thought", "It needs ink");
        each.failSession("session_2", "Out of ink");
        assertThat(run("state", each.url(), "session_2")).as(err.toString()).isZero();
        assertThat(out.toString())
            .containsPattern("agent {7}Writer (?i:error) 0 % \\(Out of ink\\)\\R")
            .containsPattern("output {6}Writer: thought: It needs ink\\R");
        out.getBuffer().setLength(0);
      }
    }
  }

  @Test
  void anAbsentProgressPrintsAsNothing() {
    try (ReferenceServer documented = ReferenceServer.start()) {
      documented.startSession("session_2", "Why?", "Researcher");
      documented.agentStatus("agent-1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
      documented
          .faults()
          .rewriteSent((connection, text) ->
              List.of(text.replaceAll("\"(overall_)?progress\":[0-9.]+,", "")));
      assertThat(run("sessions", documented.url())).as(err.toString()).isZero();
      assertThat(run("state", documented.url(), "session_2")).as(err.toString()).isZero();
    }
    assertThat(out.toString())
        .containsPattern("session_2 +agent_initialization Why\\?\\R")
        .containsPattern("phase {7}agent_initialization\\R")
        .containsPattern("agent {7}Researcher PROCESSING Reading\\R")
        .doesNotContain("%", "NaN");
  }

  @Test
  void whatAServerSendsIsEscaped() {
    server.startSession("session_2", "one\n\u001b[2Jtwo \u202egnorw\u2066", "Researcher\u0007");
    assertThat(run("state", server.url(), "session_2")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("query       one\\n\\u001B[2Jtwo \\u202Egnorw\\u2066", "Researcher\\u0007")
        .doesNotContain("\u001b", "\u202e", "\u2066", "\u0007");
  }

  /** JSON has escapes of its own, with which it stays the same JSON. */
  @Test
  void jsonIsEscapedAndStaysTheSame() throws Exception {
    String query = "one\n\u001b[2J\u007f\u009b2Jtwo \u202egnorw\u2066\u2028 資料 😀\ue000\u200d";
    server.startSession("session_2", query, "Researcher");
    assertThat(run("state", server.url(), "session_2", "--json"))
        .as(err.toString())
        .isZero();
    assertThat(run("sessions", server.url(), "--json")).as(err.toString()).isZero();
    server.appendLog("session_2", "info", "Researcher", query);
    assertThat(run("tail", server.url(), "session_2", "--json", "--seconds", "3"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("\\u202E", "資料 😀")
        .doesNotContain("\u001b", "\u007f", "\u009b", "\u202e", "\u2066", "\u2028");
    List<String> lines = out.toString().lines().toList();
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(lines.get(0)).at("/state/query").asText()).isEqualTo(query);
    assertThat(json.readTree(lines.get(1)).path("type").asText()).isEqualTo("active_sessions");
    assertThat(lines.subList(2, lines.size()))
        .anySatisfy(
            line -> assertThat(json.readTree(line).path("message").asText()).isEqualTo(query));
  }

  @Test
  void stateOfAnUnknownSessionIsAnError() {
    assertThat(run("state", server.url(), "session_9")).isEqualTo(1);
    assertThat(err.toString()).contains("session_9");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aServerThatRefusesIsAnError() {
    server.faults().refuseNextHandshakes(10, 400);
    assertThat(run("sessions", server.url())).isEqualTo(1);
    assertThat(err.toString()).contains("400");
  }

  @Test
  void whatWasRecordedIsReplayed() throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    CompletableFuture<Integer> recorded = CompletableFuture.supplyAsync(
        () -> run("record", server.url(), file.toString(), "--max-megabytes", "1"));
    server.awaitConnections(1);
    server.collaboration("Researcher", "Writer", "It is ready");
    server.sendRaw("x".repeat(2 << 20));
    assertThat(recorded.get(60, TimeUnit.SECONDS)).as(err.toString()).isZero();
    assertThat(Files.readString(file)).contains("It is ready");
    assertThat(out.toString()).contains("recorded    ").contains("it is full");

    StringWriter again = new StringWriter();
    CommandLine replay = Main.commandLine();
    replay.setOut(new PrintWriter(again));
    CompletableFuture<Integer> replayed = CompletableFuture.supplyAsync(
        () -> replay.execute("replay", file.toString(), "--port", "0", "--speed", "max"));
    List<String> received = new CopyOnWriteArrayList<>();
    try (AgentCraftClient client = AgentCraftClient.builder(awaitUrl(again))
        .frameListener((way, text) -> received.add(text))
        .build()) {
      client.connect().get(60, TimeUnit.SECONDS);
      assertThat(replayed.get(60, TimeUnit.SECONDS)).isZero();
    }
    List<String> frames = Files.readAllLines(file).stream()
        .map(RecordedFrame::parse)
        .filter(frame -> frame.direction() == Direction.IN)
        .map(RecordedFrame::text)
        .toList();
    assertThat(again.toString())
        .contains("replayed    " + frames.size() + " of " + frames.size() + " frames");
    assertThat(received).isEqualTo(frames);
  }

  @Test
  void argumentsThatCannotBeAreNamed() {
    Path missing = folder.resolve("missing");
    assertThat(run("replay", missing.toString())).isEqualTo(2);
    assertThat(run("replay", missing.toString(), "--speed", "fast")).isEqualTo(2);
    assertThat(run("record", server.url(), missing.resolve("x").toString())).isEqualTo(1);
    assertThat(run("replay", missing.toString(), "--clients", "0")).isEqualTo(2);
    assertThat(run("replay", missing.toString(), "--port", "70000")).isEqualTo(2);
    assertThat(run("sessions", server.url(), "--token-file", missing.toString()))
        .isEqualTo(2);
    assertThat(run("sessions", "ftp://localhost")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--speed is fast")
        .contains("can't be read: there is no such file");
  }

  @Test
  void anArgumentThatIsWrongDoesNotCostARecording() throws Exception {
    Path file = Files.writeString(folder.resolve("traffic.jsonl"), "precious");
    assertThat(run("record", "localhost:8000", file.toString())).isEqualTo(2);
    assertThat(Files.readString(file)).isEqualTo("precious");
  }

  @Test
  void aDamagedRecordingIsNamedWithItsLineAndNoControlCharacters() throws Exception {
    Path file = Files.writeString(folder.resolve("traffic.jsonl"), "\n\u001b[2J\n");
    assertThat(run("replay", file.toString(), "--port", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("Line 2 of " + file).doesNotContain("\u001b");
  }

  private static String awaitUrl(StringWriter out) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() - deadline < 0) {
      String text = out.toString();
      int at = text.indexOf("ws://");
      if (at >= 0 && text.indexOf(',', at) > 0) {
        return text.substring(at, text.indexOf(',', at));
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("No URL was printed: " + out);
  }

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }
}
