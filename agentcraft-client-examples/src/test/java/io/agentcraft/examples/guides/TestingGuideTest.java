package io.agentcraft.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.record.FrameRecorder;
import io.agentcraft.testing.AgentCraftExtension;
import io.agentcraft.testing.ManualScheduler;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReplaySpeed;
import io.agentcraft.testing.WireForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of src-test-fixtures/README.md. */
class TestingGuideTest {

  @RegisterExtension
  static final AgentCraftExtension AGENTCRAFT = AgentCraftExtension.create()
      .server(options -> options.form(WireForm.DEPLOYED).requireToken("example-token"))
      .client(options -> options.token("example-token"));

  @Test
  void theExtensionUsesItsOptions(ReferenceServer server, AgentCraftClient client) {
    assertThat(server.openConnections())
        .singleElement()
        .satisfies(connection ->
            assertThat(connection.header("Authorization")).contains("Bearer example-token"));
    assertThatThrownBy(() -> client.getSessionState("session_1").get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SessionNotFoundException.class);
  }

  @Test
  void worksWithoutJUnit() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url()).build()) {
      client.onAgentCollaboration(handOff -> received.complete(handOff.reason()));
      client.connect().join();
      server.awaitConnection();

      server.startSession("session_1", "Why is the sky blue?", "Researcher", "Writer");
      server.agentStatus("agent-1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
      server.collaboration("Researcher", "Writer", "The sources are collected");

      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("The sources are collected");
    }
  }

  @Test
  void asksAgainAfterAReconnect() throws Exception {
    try (ManualScheduler clock = new ManualScheduler();
        ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = AgentCraftClient.builder(server.url())
            .scheduler(clock)
            .drainTimeout(Duration.ZERO)
            .build()) {
      CompletableFuture<Duration> delay = new CompletableFuture<>();
      client.onConnectionState(state -> {
        if (state.nextDelay() != null) {
          delay.complete(state.nextDelay());
        }
      });
      client.connect().join();
      server.startSession("session_1", "Why is the sky blue?", "Researcher");
      server.faults().answers().dropNext(1);
      CompletableFuture<SessionState> answer = client.getSessionState("session_1");
      server.awaitFrame("get_session_state").connection().cut();

      assertThat(delay.get(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(2));
      clock.advance(Duration.ofSeconds(2));

      assertThat(answer.get(10, TimeUnit.SECONDS).sessionId()).isEqualTo("session_1");
    }
  }

  @Test
  void survivesAServerThatSpellsStatusesDifferently() throws Exception {
    CompletableFuture<AgentStatusUpdate> received = new CompletableFuture<>();
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = server.connectClient(options -> options)) {
      client.onAgentStatus(received::complete);
      server.faults().rewriteSent((connection, text) -> List.of(text.replace("ERROR", "MELTED")));

      server.agentStatus("agent-7", "Java Indexer", AgentStatus.ERROR, 42, "Too hot");

      AgentStatusUpdate update = received.get(10, TimeUnit.SECONDS);
      assertThat(update.status()).isEqualTo(AgentStatus.UNKNOWN);
      assertThat(update.statusText()).isEqualTo("MELTED");
    }
  }

  @Test
  void replaysARecording(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("traffic.jsonl");
    try (ReferenceServer live = ReferenceServer.start()) {
      CompletableFuture<Void> seen = new CompletableFuture<>();
      record(live.url(), file, client -> {
        client.onAgentCollaboration(handOff -> seen.complete(null));
        client.connect().join();
        live.awaitConnections(1);
        live.collaboration("Researcher", "Writer", "The sources are collected");
        seen.orTimeout(10, TimeUnit.SECONDS).join();
      });
    }
    CompletableFuture<String> received = new CompletableFuture<>();
    try (ReferenceServer server = ReferenceServer.start();
        AgentCraftClient client = server.connectClient(options -> options)) {
      client.onAgentCollaboration(handOff -> received.complete(handOff.reason()));

      server.faults().rewriteSent((connection, text) -> List.of()); // only the recording is sent
      server.replay(file, ReplaySpeed.UNLIMITED).done().join();

      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("The sources are collected");
    }
  }

  /** What the reader's program does with its client. */
  private interface Program {
    void run(AgentCraftClient client);
  }

  private static void record(String url, Path file, Program program) {
    try (FrameRecorder recorder = FrameRecorder.to(file);
        AgentCraftClient client =
            AgentCraftClient.builder(url).frameListener(recorder).build()) {
      program.run(client); // your own code
    }
  }
}
