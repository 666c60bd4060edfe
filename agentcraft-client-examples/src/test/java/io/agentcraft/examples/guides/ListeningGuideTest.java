package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.listener.Batching;
import io.agentcraft.client.listener.OverflowStrategy;
import io.agentcraft.client.listener.Throttle;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.view.AgentChange;
import io.agentcraft.client.view.AgentView;
import io.agentcraft.client.view.TrackingBoard;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** Runs the examples of agentcraft-client/docs/listening-and-asking.md against the reference server. */
class ListeningGuideTest {

  private final ReferenceServer server =
      ReferenceServer.builder().form(WireForm.DEPLOYED).start();
  private final AgentCraftClient client = AgentCraftClient.builder(server.url()).build();
  private final CapturedOutput out = new CapturedOutput();

  @AfterEach
  void close() {
    client.close();
    server.close();
    out.close();
  }

  @Test
  void listens() throws Exception {
    listen(client);
    connect();
    out.awaitLine("CONNECTED");
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    server.appendLog("session_1", "info", "Researcher", "Reading");
    out.awaitLine("INFO Reading");
    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
    out.awaitLine("Java Indexer: Indexing");
    server.sendRaw("no JSON");
    server.agentStatus("agent-7", "Java Indexer", AgentStatus.COMPLETED, 100, "Indexed");
    out.awaitLine("Java Indexer: Indexed");
    assertThat(client.malformedFrames()).isEqualTo(1);
  }

  @Test
  void throttlesAndBatches() throws Exception {
    BlockingQueue<String> screen = new LinkedBlockingQueue<>();
    BlockingQueue<List<ServerMessage>> archive = new LinkedBlockingQueue<>();
    bound(client, change -> screen.add(change.now().message()), archive::add);
    connect();
    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
    assertThat(screen.poll(10, TimeUnit.SECONDS)).isEqualTo("Indexing");
    assertThat(archive.poll(10, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void showsTheBoard() throws Exception {
    TrackingBoard board = client.board();
    CompletableFuture<Void> changed = new CompletableFuture<>();
    board.onChange(snapshot -> {
      if (snapshot.agent("agent-7").isPresent()) {
        changed.complete(null);
      }
    });
    connect();
    server.agentStatus("agent-7", "Java Indexer", AgentStatus.PROCESSING, 42, "Indexing");
    changed.get(10, TimeUnit.SECONDS);
    show(client);
    out.awaitLine("Java Indexer: 42 % Indexing");
  }

  @Test
  void streamsIntoReactor() throws Exception {
    CompletableFuture<List<String>> lines =
        finished(client).take(2).collectList().toFuture();
    connect();
    server.agentStatus("agent-1", "Reader", AgentStatus.PROCESSING, 42, "Reading");
    server.agentStatus("agent-1", "Reader", AgentStatus.COMPLETED, 100, "Read");
    server.agentStatus("agent-2", "Writer", AgentStatus.ERROR, 10, "Out of ink");
    assertThat(lines.get(10, TimeUnit.SECONDS))
        .containsExactly("Reader: Read", "Writer: Out of ink");
  }

  @Test
  void asksForASession() throws Exception {
    connect();
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    ask(client, "session_1");
    out.awaitLine("Researcher: IDLE");
    ask(client, "session_2");
    out.awaitLine("There is no session session_2");
  }

  @Test
  void streamsLogs() throws Exception {
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    connect();
    streamLogs(client, "session_1");
    assertThat(server.awaitFrame("start_log_streaming").text()).contains("session_1");
    server.appendLog("session_1", "info", "Researcher", "Reading");
    out.awaitLine("Reading");
  }

  private void connect() throws Exception {
    client.connect().get(10, TimeUnit.SECONDS);
    server.awaitConnections(1);
  }

  @Test
  void hearsOfChanges() throws Exception {
    hear(client);
    connect();
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    server.agentStatus("agent-7", "Researcher", AgentStatus.PROCESSING, 42, "Reading");
    out.awaitLine("Researcher: Reading");
    server.phase("session_1", "writing");
    out.awaitLine("writing");
    server.crewOutput("session_1", "Researcher", "text", "Because");
    server.completeSession("session_1");
    out.awaitLine("Researcher ended as COMPLETED");
    out.awaitLine("The session ended: COMPLETED");
    try (AgentCraftClient watching = watching(server.url())) {
      assertThat(watching.connect()).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private static void hear(AgentCraftClient client) {
    client.onAgentChange(change -> {
      AgentView agent = change.now();
      System.out.println(agent.displayName() + ": " + agent.message());
      if (change.isEnd()) {
        System.out.println(agent.displayName() + " ended as " + agent.status());
      }
    });
    client.onSessionChange(change -> {
      switch (change.kind()) {
        case OUTPUT -> System.out.println("New output: " + change.newOutput());
        case COMPLETED, FAILED -> System.out.println("The session ended: " + change.kind());
        default -> System.out.println(change.now().displayStatus());
      }
    });
  }

  private static AgentCraftClient watching(String url) {
    AgentCraftClient client =
        AgentCraftClient.builder(url).staleAfter(Duration.ofMinutes(2)).build();
    return client;
  }

  private static void listen(AgentCraftClient client) {
    client.onAgentStatus(
        update -> System.out.println(update.agentName() + ": " + update.message()));
    client.onLogLine(line -> System.out.println(line.level() + " " + line.message()));
    client.onConnectionState(state -> System.out.println(state.status()));
    client.onError(error -> System.out.println(error.getMessage()));
  }

  private static void bound(
      AgentCraftClient client,
      Consumer<AgentChange> screen,
      Consumer<List<ServerMessage>> archive) {
    client.onAgentChange(Throttle.perSecond(2), screen::accept);
    client.onBatch(Batching.of(Duration.ofMillis(250), 500), archive::accept);
  }

  @SuppressWarnings("DefaultLocale") // for people, in their own digits
  private static void show(AgentCraftClient client) {
    TrackingBoard board = client.board(); // before connect(), to miss nothing

    for (AgentView agent : board.snapshot().agents()) {
      System.out.printf(
          "%s: %.0f %% %s%n", agent.displayName(), agent.displayProgress(), agent.message());
    }
  }

  private static Flux<String> finished(AgentCraftClient client) {
    return JdkFlowAdapter.flowPublisherToFlux(
            client.agentChanges(1_000, OverflowStrategy.DROP_OLDEST))
        .filter(AgentChange::isEnd)
        .map(change -> change.now().displayName() + ": " + change.now().message());
  }

  private static void ask(AgentCraftClient client, String sessionId) {
    try {
      SessionSnapshot session = client.getSessionState(sessionId).join().state();
      for (AgentState agent : session.activeAgents()) {
        System.out.println(agent.agentName() + ": " + agent.status());
      }
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof SessionNotFoundException unknown) {
        System.out.println("There is no session " + unknown.sessionId());
      } else {
        throw failed;
      }
    }
  }

  private static void streamLogs(AgentCraftClient client, String sessionId) {
    client.onLogLine(line -> System.out.println(line.message()));
    client.startLogStreaming(sessionId); // ends with stopLogStreaming()
  }
}
