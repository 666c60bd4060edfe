package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.RequestTimeoutException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.client.message.WireTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every message and request of the documented form. */
class DocumentedMessagesTest extends InteropTest {

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RealServer.with(Map.of("AGENTCRAFT_RECEIVE_TIMEOUT", "0.3"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void readsEveryMessageOfASession() throws Exception {
    AgentCraftClient client = client(server.url());
    client.board();
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    ActiveSessions first = received.next(ActiveSessions.class);
    assertThat(first.timestamp()).isNotNull();
    assertThat(first.timestamp().form()).isEqualTo(WireTime.Form.MONOTONIC);

    server.post("/test/story", "");

    ActiveSessions sessions = received.next(ActiveSessions.class);
    assertThat(sessions.totalSessions()).isEqualTo(sessions.sessions().size());
    assertThat(sessions.sessions())
        .filteredOn(session -> session.sessionId().equals("session_story"))
        .singleElement()
        .satisfies(session -> {
          assertThat(session.query()).isEqualTo("How do I fix webhook errors?");
          assertThat(session.status()).isEqualTo("processing");
          assertThat(session.agentsActive()).isEqualTo(2);
        });
    AgentStatusUpdate update = received.next(AgentStatusUpdate.class);
    assertThat(update.status()).isEqualTo(AgentStatus.PROCESSING);
    assertThat(update.progress()).isEqualTo(33);
    assertThat(update.timestamp().form()).isEqualTo(WireTime.Form.ISO_WITHOUT_ZONE);
    AgentCollaboration handOff = received.next(AgentCollaboration.class);
    assertThat(handOff.collaborationType()).isEqualTo("handoff");
    assertThat(handOff.secondaryAgent()).isEqualTo("Security Specialist");
    assertThat(received.next(AgentStatusUpdate.class).status()).isEqualTo(AgentStatus.COMPLETED);

    assertThat(client.board().snapshot().agent("agent_0"))
        .hasValueSatisfying(agent -> assertThat(agent.status()).isEqualTo(AgentStatus.COMPLETED));

    SessionState state = Await.get(client.getSessionState("session_story"));
    assertThat(state.state().currentPhase()).isEqualTo("completed");
    assertThat(state.state().activeAgents()).hasSize(2);
    assertThat(state.state().crewOutput()).hasSize(1);
    SessionLogs logs = Await.get(client.getSessionLogs("session_story"));
    assertThat(logs.logs().get(0).message())
        .isEqualTo("Starting webhook analysis – über alles ✓ 🚀");
    assertThat(logs.logs().get(0).timestamp().form()).isEqualTo(WireTime.Form.ISO_WITH_OFFSET);
  }

  @Test
  void hasNoAnswerForASessionThatTheServerDoesNotKnow() {
    AgentCraftClient client =
        client(server.url(), options -> options.requestTimeout(Duration.ofMillis(400)));
    Await.get(client.connect());
    assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
    Await.failure(client.getSessionState("session_missing"), RequestTimeoutException.class);
  }

  @Test
  void streamsTheLogLinesOfOneSessionUntilStopped() throws Exception {
    AgentCraftClient client = client(server.url());
    Recorder<LogLine> lines = new Recorder<>();
    client.onLogLine(lines::add);
    Await.get(client.connect());
    client.startLogStreaming("session_log");
    // Requests are answered in order: once this one is answered, the stream has started.
    Await.get(client.getSessionLogs("session_log"));
    server.post("/test/log/session_other", "not asked for");
    server.post("/test/log/session_log", "first");
    assertThat(lines.next().message()).isEqualTo("first");

    client.stopLogStreaming();
    Await.get(client.getSessionState("session_log"));
    server.post("/test/log/session_log", "too late");
    server.broadcast(
        "{\"type\": \"session_logs\", \"session_id\": \"x\", \"logs\": [{\"message\": \"end\"}]}");
    assertThat(lines.next().message()).isEqualTo("end");
  }

  @Test
  void answersThePingsOfASilentConnection() throws Exception {
    AgentCraftClient client = client(server.url());
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    assertThat(received.next(Ping.class).timestamp().form()).isEqualTo(WireTime.Form.MONOTONIC);
    server.await(id(client), "pongs", 3);
    assertThat(client.connectionState().isConnected()).isTrue();
  }

  @Test
  void passesOnWhatItDoesNotKnow() throws Exception {
    AgentCraftClient client = client(server.url());
    ClientRecorder received = new ClientRecorder(client);
    Await.get(client.connect());
    server.post("/test/raw", "no JSON");
    server.broadcast("{\"type\": \"from_the_future\", \"answer\": 42}");
    assertThat(received.next(UnknownMessage.class).type()).isEqualTo("from_the_future");
    assertThat(client.connectionState().isConnected()).isTrue();
  }
}
