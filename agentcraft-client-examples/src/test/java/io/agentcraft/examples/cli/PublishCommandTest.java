package io.agentcraft.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.view.SessionChange;
import io.agentcraft.client.view.SessionView;
import io.agentcraft.examples.guides.FrameWatcher;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@Timeout(120)
class PublishCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void oneUpdateIsDelivered() throws InterruptedException {
    try (ReferenceServer server = ReferenceServer.start();
        FrameWatcher watcher = new FrameWatcher(server)) {
      int exitCode = run(
          "publish",
          server.url(),
          "--agent",
          "Java Indexer",
          "--status",
          "processing",
          "--progress",
          "42",
          "--message",
          "Indexing");

      assertThat(exitCode).as(err.toString()).isZero();
      assertThat(out.toString())
          .matches("(?s)delivered +HTTP in \\d+ ms: java-indexer PROCESSING 42 % Indexing\\R");
      assertThat(watcher.await("agent_status"))
          .contains("\"agent_name\":\"Java Indexer\"", "\"status\":\"PROCESSING\"");
    }
  }

  @Test
  void theTokenOfAFileIsSent(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "example-token\n");
    try (ReferenceServer server =
        ReferenceServer.builder().requireToken("example-token").start()) {
      int exitCode = run(
          "publish",
          server.url(),
          "--token-file",
          token.toString(),
          "--agent",
          "Indexer",
          "--status",
          "completed");
      assertThat(exitCode).as(err.toString()).isZero();
    }
  }

  @Test
  void linesAreDeliveredInOrderAndABadOneIsReported() throws InterruptedException {
    try (ReferenceServer server = ReferenceServer.start();
        FrameWatcher watcher = new FrameWatcher(server)) {
      int exitCode = withInput("""
          {"status": "processing", "progress": 10, "metadata": {"task_id": "t-9"}}

          {"status": "dancing"}
          no json
          {"status": "completed", "progress": 100, "agent_id": "other", "agent_name": "Other"}
          """, "publish", server.url(), "--agent", "Indexer", "--id", "a1");

      assertThat(exitCode).isEqualTo(1);
      assertThat(out.toString().lines())
          .hasSize(2)
          .last()
          .asString()
          .contains("other COMPLETED 100 %");
      assertThat(err.toString().lines())
          .anyMatch(line -> line.startsWith("line 3: There is no status \"dancing\""))
          .anyMatch(line -> line.startsWith("line 4: This is not JSON"));
      assertThat(watcher.await("agent_status")).contains("\"task_id\":\"t-9\"");
      assertThat(watcher.await("agent_status")).contains("\"agent_id\":\"other\"");
    }
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void aCrewIsPublishedAsASession(WireForm form) throws InterruptedException {
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        Watcher watcher = new Watcher(server)) {
      int exitCode = withInput(
          """
          {"status": "processing", "progress": 40, "phase": "reading"}
          {"status": "analyzing", "agent_id": "b", "agent_name": "Checker", "output": "Two logs"}
          {"phase": "writing", "output": "One page"}
          {"status": "completed", "message": "Read"}
          {"status": "processing"}
          {"status": "error", "agent_id": "b", "agent_name": "Checker", "message": "No key"}
          """,
          "publish",
          server.url(),
          "--agent",
          "Reader",
          "--session",
          "crew-7",
          "--query",
          "Why do webhooks fail?");

      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("failed      session crew-7, reader PROCESSING 0 %")
          .endsWith("this agent has ended in this session.");
      assertThat(out.toString().lines())
          .hasSize(6)
          .last()
          .asString()
          .endsWith(": session crew-7 failed No key");
      watcher.awaitEnd();
      assertThat(watcher.story)
          .containsSubsequence(
              "crew-7 STARTED Why do webhooks fail? reading",
              "crew-7 OUTPUT Two logs",
              "crew-7 FAILED No key")
          .containsSubsequence("crew-7 PHASE writing", "crew-7 FAILED No key")
          .containsSubsequence("Reader PROCESSING 40.0", "Reader COMPLETED 100.0")
          .containsSubsequence("Checker ANALYZING 0.0", "Checker ERROR 0.0")
          .containsOnlyOnce("crew-7 OUTPUT Two logs", "crew-7 OUTPUT One page");
    }
  }

  @ParameterizedTest
  @EnumSource(WireForm.class)
  void aSessionStaysOpenForTheNextCommand(WireForm form) throws InterruptedException {
    try (ReferenceServer server = ReferenceServer.builder().form(form).start();
        Watcher watcher = new Watcher(server)) {
      String[] update = {"publish", server.url(), "--agent", "Builder", "--session", "build-7"};
      assertThat(run(with(update, "--phase", "compiling"))).as(err.toString()).isZero();
      assertThat(run(with(update, "--status", "processing", "--progress", "50")))
          .as(err.toString())
          .isZero();
      assertThat(run(with(update, "--status", "completed", "--keep-open")))
          .as(err.toString())
          .isZero();
      assertThat(watcher.story).noneMatch(line -> line.startsWith("build-7 COMPLETED"));
      assertThat(run(with(update, "--status", "completed", "--message", "ok")))
          .as(err.toString())
          .isZero();
      watcher.awaitEnd();
      assertThat(watcher.story)
          .containsSubsequence("build-7 STARTED Builder compiling")
          .containsSubsequence("Builder PROCESSING 50.0", "Builder COMPLETED 100.0")
          .containsOnlyOnce("build-7 COMPLETED ok");
    }
  }

  @Test
  void aQueryAloneMakesASession() throws InterruptedException {
    try (ReferenceServer server =
            ReferenceServer.builder().form(WireForm.DEPLOYED).start();
        Watcher watcher = new Watcher(server)) {
      String[] update = {"publish", server.url(), "--agent", "A", "--query", "Why?"};
      assertThat(run(with(update, "--status", "completed"))).as(err.toString()).isZero();
      watcher.awaitEnd();
      assertThat(watcher.story)
          .anyMatch(line -> line.matches("session_\\S+ STARTED Why\\? "))
          .anyMatch(line -> line.matches("session_\\S+ COMPLETED "));
      assertThat(out.toString()).containsPattern("session session_\\S+ completed");
    }
  }

  @Test
  void fieldsOfASessionAreChecked() {
    try (ReferenceServer server = ReferenceServer.start()) {
      int exitCode = withInput("""
          {"session": {"id": 7}, "status": "idle"}
          {"session": "s"}
          {"session": null, "phase": null, "output": null, "status": "completed"}
          """, "publish", server.url(), "--agent", "A");
      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString().lines())
          .hasSize(2)
          .anyMatch(line -> line.equals("line 1: \"session\" is not a text."))
          .anyMatch(line -> line.startsWith("line 2: ") && line.contains("status"));
      assertThat(out.toString()).contains("a COMPLETED 100 %").doesNotContain("session");
    }
  }

  @Test
  void overHttpNoSocketIsOpened() {
    try (ReferenceServer server =
        ReferenceServer.builder().form(WireForm.DEPLOYED).start()) {
      int exitCode = run(
          "publish", server.url(), "--agent", "A", "--status", "COMPLETED", "--transport", "http");

      assertThat(exitCode).as(err.toString()).isZero();
      assertThat(out.toString()).contains("HTTP in ").contains("a COMPLETED 100 %");
      assertThat(server.connections()).isEmpty();
    }
  }

  @Test
  void whatIsReadIsEscaped() {
    try (ReferenceServer server = ReferenceServer.start()) {
      int exitCode =
          withInput("""
          {"status": "processing", "message": "one\\n\\u001b[2Jtwo \\u202egnorw"}
          {"status": "\\u001b[2J"}
          """, "publish", server.url(), "--agent", "Indexer", "--transport", "WebSocket");
      assertThat(exitCode).isEqualTo(1);
      assertThat(out.toString()).contains("PROCESSING 0 % one\\n\\u001B[2Jtwo \\u202Egnorw");
      assertThat(err.toString()).contains("There is no status \"\\u001B[2J\"");
      assertThat(out + err.toString()).doesNotContain("\u001b", "\u202e");
    }
  }

  @Test
  @SuppressWarnings("InputStreamSlowMultibyteRead") // it reads nothing
  void whatNobodyExpectedIsOneLineAndNoStackTrace() {
    InputStream broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("gone\n\u001b[2JFAKE");
      }
    };
    assertThat(withInput(broken, "publish", "ws://127.0.0.1:1", "--agent", "A")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("This command failed: java.io.IOException: gone\\n\\u001B[2JFAKE");
  }

  @Test
  void postsGoWhereTheOptionSays() {
    try (ReferenceServer server =
        ReferenceServer.builder().form(WireForm.DEPLOYED).start()) {
      int exitCode = run(
          "publish",
          "ws://127.0.0.1:1/team/a",
          "--http-base",
          server.httpUrl(),
          "--agent",
          "A",
          "--status",
          "completed",
          "--transport",
          "http");

      assertThat(exitCode).as(err.toString()).isZero();
      assertThat(out.toString()).startsWith("delivered   HTTP in ");
    }
  }

  /** The socket is open, and the post went elsewhere: nobody saw it arrive. */
  @Test
  void whatWasAcceptedAndNotSeenIsSaidAsSuch() {
    try (ReferenceServer server =
            ReferenceServer.builder().form(WireForm.DEPLOYED).start();
        ReferenceServer elsewhere =
            ReferenceServer.builder().form(WireForm.DEPLOYED).start()) {
      int exitCode = run(
          "publish",
          server.url(),
          "--http-base",
          elsewhere.httpUrl(),
          "--agent",
          "A",
          "--status",
          "completed");

      assertThat(exitCode).isEqualTo(1);
      assertThat(out.toString()).isEmpty();
      assertThat(err.toString())
          .containsPattern(
              "accepted    HTTP in \\d+ ms: a COMPLETED 100 %: it did not arrive on the"
                  + " open socket, so it may have gone to another server\\."
                  + " Check the URL, or set --http-base URL\\.")
          .doesNotContain("(…)", "..");
    }
  }

  @Test
  void withoutAServerItSaysSoAfterTheFirstAttemptAndFails() {
    assertThat(run("publish", "ws://127.0.0.1:1", "--agent", "A", "--status", "idle"))
        .isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    List<String> lines = err.toString().lines().toList();
    assertThat(lines.get(0))
        .startsWith("waiting     the connection failed: ConnectException: ")
        .endsWith("; attempt 1 in 1.0 s");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("no socket   ") && line.endsWith("; trying HTTP"))
        .last()
        .asString()
        .startsWith("failed      a IDLE 0 %: the connection failed: ConnectException: ")
        .contains("Check that the server runs")
        .endsWith("--wait waits for the server.");
    assertThat(err.toString()).doesNotContain("..", "(…)");
  }

  @Test
  void aServerThatIsBusyIsNotWaitedForUnlessToldTo() {
    try (ReferenceServer server = ReferenceServer.start()) {
      server.faults().refuseNextHandshakes(1, 503, "Retry-After", "120");
      String[] args = {
        "publish", server.url(), "--agent", "A", "--status", "idle", "--transport", "websocket"
      };
      assertThat(run(args)).isEqualTo(1);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("failed      a IDLE 0 %: the server answered the handshake with HTTP 503")
          .endsWith("the server asks clients to wait. --wait waits for the server.");
    }
  }

  @Test
  void withWaitItIsDeliveredOnceThereIsAServer() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String url = "ws://127.0.0.1:" + port;
    CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
        () -> run("publish", url, "--agent", "A", "--status", "completed", "--wait"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!err.toString().contains("waiting ") && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    try (ReferenceServer server = ReferenceServer.builder().port(port).start()) {
      assertThat(exitCode.get(60, TimeUnit.SECONDS)).as(err.toString()).isZero();
      assertThat(server.awaitFrame(AgentStatusUpdate.class).agentId()).isEqualTo("a");
    }
    assertThat(out.toString()).startsWith("delivered   WEBSOCKET in ");
    assertThat(err.toString()).contains("waiting     ");
  }

  @Test
  void whereToPostIsNotGuessed() {
    int exitCode = run(
        "publish",
        "ws://127.0.0.1:1/team/a",
        "--agent",
        "A",
        "--status",
        "completed",
        "--transport",
        "http");

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("failed      a COMPLETED 100 %")
        .contains("does not end in /ws/agent-tracking. Set --http-base URL.");
  }

  @Test
  void wrongArgumentsAreNamed() {
    int exitCode = run(
        "publish",
        "http://127.0.0.1:1",
        "--agent",
        "A",
        "--status",
        "idle",
        "--transport",
        "smoke");
    assertThat(exitCode).isEqualTo(2);
    assertThat(run("publish", "localhost", "--agent", "A", "--status", "idle")).isEqualTo(2);
    assertThat(run(
            "publish", "ws://localhost", "--agent", "A", "--status", "idle", "--progress", "101"))
        .isEqualTo(2);
    String base = "http://localhost?key=x";
    assertThat(run("publish", "ws://localhost", "--agent", "A", "--http-base", base))
        .isEqualTo(2);
    assertThat(run("soak", "ws://localhost", "--rounds", "2", "--http-base", base))
        .isEqualTo(2);
    assertThat(err.toString())
        .containsSubsequence("The --http-base of", "The --http-base of")
        .contains("--transport is smoke. Use auto, websocket or http.")
        .contains("does not begin with ws://")
        .contains("percentage from 0 to 100");
  }

  private int withInput(String lines, String... args) {
    return withInput(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), args);
  }

  private int withInput(InputStream lines, String... args) {
    InputStream before = System.in;
    System.setIn(lines);
    try {
      return run(args);
    } finally {
      System.setIn(before);
    }
  }

  private int run(String... args) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }

  /** What another client sees. */
  private static final class Watcher implements AutoCloseable {

    private final List<String> story = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AgentCraftClient client;

    Watcher(ReferenceServer server) {
      client = AgentCraftClient.builder(server.url()).build();
      client.onAgentChange(change -> story.add(change.now().displayName() + " "
          + change.now().status() + " " + change.now().progress()));
      client.onSessionChange(this::note);
      client.connect().join();
    }

    private void note(SessionChange change) {
      SessionView now = change.now();
      String what = now.sessionId() + " " + change.kind() + " ";
      switch (change.kind()) {
        case STARTED -> story.add(what + now.query() + " " + now.phase());
        case PHASE -> story.add(what + now.phase());
        case OUTPUT ->
          change.newOutput().forEach(entry -> story.add(what + ((Map<?, ?>) entry).get("content")));
        case COMPLETED, FAILED -> {
          story.add(what + (now.error() == null ? now.result() : now.error()));
          ended.countDown();
        }
        default -> {}
      }
    }

    void awaitEnd() throws InterruptedException {
      assertThat(ended.await(30, TimeUnit.SECONDS)).as("an end in %s", story).isTrue();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
