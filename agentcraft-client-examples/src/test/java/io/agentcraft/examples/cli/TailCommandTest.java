package io.agentcraft.examples.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** {@code tail}, against a server in this process. */
@Timeout(120)
class TailCommandTest {

  private final StringWriter err = new StringWriter();
  private final Printed out = new Printed();
  private @Nullable ReferenceServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheStoryOnceAndEndsWithTheSession(WireForm form) throws Exception {
    ReferenceServer server = start(form);
    server.appendLog("session_1", "info", "Reader", "It scatters");
    server.appendLog("session_2", "info", "Writer", "Elsewhere");
    CompletableFuture<Integer> exit = tail("session_1");
    out.await("It scatters");
    if (form == WireForm.DOCUMENTED) {
      server.awaitFrame("start_log_streaming");
    }
    server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 40, "Reading");
    out.await("Reading");
    server.appendLog("session_2", "info", "Writer", "Elsewhere again");
    server.appendLog("session_1", "error", "Reader", "Too bright");
    out.await("Too bright");
    server.crewOutput("session_1", "Reader", "thought", "Blue");
    server.phase("session_1", "synthesis");
    out.await("synthesis");
    server.completeSession("session_1");

    assertThat(exit.get(60, TimeUnit.SECONDS)).as(err.toString()).isZero();
    assertThat(out.all())
        .containsSubsequence(
            "session     session_1 started: Why?",
            "It scatters",
            "Reading",
            "Too bright",
            "session     session_1 completed")
        .doesNotContain("Elsewhere");
    for (String once : List.of("It scatters", "processing", "Too bright", "thought", "synthesis")) {
      assertThat(out.lines())
          .as(once)
          .filteredOn(line -> line.toLowerCase(Locale.ROOT).contains(once.toLowerCase(Locale.ROOT)))
          .hasSize(1);
    }
    assertThat(out.lines()).last().asString().endsWith("session     session_1 completed");
    assertThat(server.receivedFrames().stream()
            .filter(frame -> frame.text().contains("start_log_streaming")))
        .hasSize(form == WireForm.DOCUMENTED ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource
  void theExitCodeTellsOfAFailureAndTheLastLineWhy(WireForm form) throws Exception {
    ReferenceServer server = start(form);
    CompletableFuture<Integer> exit = tail("session_1");
    out.await("started");
    server.failSession("session_1", "Out of ink");

    assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(out.lines()).last().asString().endsWith("session     session_1 failed: Out of ink");
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatHasEndedIsTold(WireForm form) throws Exception {
    ReferenceServer server = start(form);
    server.appendLog("session_1", "info", "Reader", "It scatters");
    server.completeSession("session_1");

    assertThat(tail("session_1").get(60, TimeUnit.SECONDS)).isZero();
    assertThat(out.all()).containsSubsequence("It scatters", "session_1 completed");
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatIsRemovedBeforeItsEndHasACodeOfItsOwn(WireForm form) throws Exception {
    ReferenceServer server = start(form);
    CompletableFuture<Integer> exit = tail("session_1");
    out.await("started");
    server.removeSession("session_1");

    assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(4);
    assertThat(out.lines()).last().asString().endsWith("session     session_1 removed");
  }

  @Test
  void anUnknownSessionIsAnErrorAndIsNotStreamed() throws Exception {
    ReferenceServer server = start(WireForm.DEPLOYED);

    assertThat(tail("session_9", "--wait", "0").get(60, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err.toString()).contains("There is no session session_9");
    assertThat(server.receivedFrames())
        .noneMatch(frame -> frame.text().contains("start_log_streaming"));
  }

  @Test
  void whatAnOutageHidIsToldAfterItOnce() throws Exception {
    ReferenceServer server = start(WireForm.DEPLOYED);
    CompletableFuture<Integer> exit = tail("session_1");
    server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 40, "Reading");
    out.await("Reading");
    server.faults().cutConnections();
    server.awaitDisconnect();
    server.agentStatus("agent-1", "Reader", AgentStatus.ANALYZING, 60, "Thinking");
    server.completeSession("session_1");

    assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
    for (String once : List.of("Reading", "Thinking", "session_1 completed")) {
      assertThat(out.lines()).as(once).filteredOn(line -> line.contains(once)).hasSize(1);
    }
  }

  @Test
  void aPublishedSessionIsAwaitedAndTold() throws Exception {
    ReferenceServer server = start(WireForm.DEPLOYED);
    CompletableFuture<Integer> exit = tail("published");
    server.awaitFrame("get_session_logs");
    server.broadcast(event(SessionEvent.Kind.SESSION_STARTED, "idle", "execution", Map.of()));
    server.broadcast(
        event(SessionEvent.Kind.AGENT_STATUS_UPDATE, "processing", "execution", Map.of()));
    // A reminder is no news.
    server.broadcast(event(SessionEvent.Kind.SESSION_STARTED, "processing", "execution", Map.of()));
    server.broadcast(event(
        SessionEvent.Kind.SESSION_COMPLETED, "finished", "completed", Map.of("result", "3 files")));

    assertThat(exit.get(60, TimeUnit.SECONDS)).as(err.toString()).isZero();
    assertThat(out.lines())
        .map(line -> line.substring(25))
        .containsExactly(
            "session     published started: Why?",
            "agent       Indexer IDLE 10 % Indexing",
            "agent       Indexer PROCESSING 10 % Indexing",
            "agent       Indexer COMPLETED 10 % Indexing",
            "session     published completed: 3 files");
  }

  @Test
  void aSessionThatAgentsTellOfIsTold() throws Exception {
    ReferenceServer server = start(WireForm.DOCUMENTED);
    CompletableFuture<Integer> exit = tail("published");
    server.awaitFrame("get_session_logs");
    server.broadcast(status(AgentStatus.PROCESSING, Map.of("session_query", "Why?")));
    server.broadcast(status(
        AgentStatus.ERROR, Map.of("session_status", "failed", "session_error", "Out of ink")));

    assertThat(exit.get(60, TimeUnit.SECONDS)).as(err.toString()).isEqualTo(3);
    assertThat(out.lines())
        .map(line -> line.substring(25))
        .containsExactly(
            "session     published started: Why?",
            "agent       Indexer PROCESSING 10 % Indexing",
            "agent       Indexer ERROR 10 % Indexing",
            "session     published failed: Out of ink");
  }

  @Test
  void followGoesOnAfterTheEnd() throws Exception {
    ReferenceServer server = start(WireForm.DEPLOYED);
    out.closedAfter = "Once more";
    CompletableFuture<Integer> exit = tail("session_1", "--follow");
    out.await("started");
    server.completeSession("session_1");
    out.await("session_1 completed");
    server.startSession("session_1", "Once more", "Reader");

    assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(out.all()).containsSubsequence("completed", "started: Once more");
  }

  private ReferenceServer start(WireForm form) {
    ReferenceServer started = ReferenceServer.builder().form(form).start();
    started.startSession("session_1", "Why?", "Reader");
    started.startSession("session_2", "Why not?", "Writer");
    server = started;
    return started;
  }

  private CompletableFuture<Integer> tail(String session, String... options) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    List<String> args = new ArrayList<>(List.of("tail", requireNonNull(server).url(), session));
    args.addAll(List.of(options));
    return CompletableFuture.supplyAsync(() -> command.execute(args.toArray(String[]::new)));
  }

  private static SessionEvent event(
      SessionEvent.Kind kind, String status, String phase, Map<String, Object> data) {
    AgentState agent = new AgentState(
        "a", "Indexer", AgentStatus.fromWire(status), status, 10, "Indexing", null, null, null);
    SessionSnapshot state =
        SessionSnapshot.documented("published", "Why?", phase, 10, List.of(agent), List.of());
    return new SessionEvent(kind, "published", state, null, data);
  }

  private static AgentStatusUpdate status(AgentStatus status, Map<String, String> more) {
    Map<String, Object> metadata = new HashMap<>(more);
    metadata.put("session_id", "published");
    return AgentStatusUpdate.builder("agent-7", "Indexer")
        .status(status)
        .progress(10)
        .message("Indexing")
        .metadata(metadata)
        .build();
  }

  /** What is printed, line by line; may be a pipe whose reader goes away once it has read something. */
  private static final class Printed extends Writer {

    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final StringWriter text = new StringWriter();
    private volatile @Nullable String closedAfter;

    void await(String part) throws InterruptedException {
      String line = waiting.poll(30, TimeUnit.SECONDS);
      while (line != null && !line.contains(part)) {
        line = waiting.poll(30, TimeUnit.SECONDS);
      }
      assertThat(line).as("%s after %s", part, text).isNotNull();
    }

    String all() {
      return text.toString();
    }

    List<String> lines() {
      return text.toString().lines().toList();
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      String added = new String(chars, offset, length);
      text.write(added);
      if (!added.isBlank()) {
        waiting.add(added);
      }
    }

    @Override
    public void flush() throws IOException {
      String last = closedAfter;
      if (last != null && text.toString().contains(last)) {
        throw new IOException("Broken pipe");
      }
    }

    @Override
    public void close() {}
  }
}
