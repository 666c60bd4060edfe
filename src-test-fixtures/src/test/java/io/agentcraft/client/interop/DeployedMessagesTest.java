package io.agentcraft.client.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.error.SessionNotFoundException;
import io.agentcraft.client.it.Await;
import io.agentcraft.client.it.Recorder;
import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.WireTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every message and request of the deployed form. */
class DeployedMessagesTest extends InteropTest {

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RealServer.deployed();
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
    received.next(ActiveSessions.class);
    String id = id(client);
    CrewAiLog connected =
        received.next(CrewAiLog.class, log -> log.log().rawMessage().contains(id));
    assertThat(connected.log().logger()).isEqualTo("backend.websocket_api");
    assertThat(connected.log().level()).isEqualTo("INFO");

    server.post("/test/story", "");

    ActiveSessions sessions = received.next(ActiveSessions.class);
    assertThat(sessions.sessions())
        .filteredOn(session -> session.sessionId().equals("session_story"))
        .singleElement()
        .satisfies(session -> {
          assertThat(session.phase()).isEqualTo("agent_initialization");
          assertThat(session.agents()).isEqualTo(2);
          assertThat(session.startedAt().form()).isEqualTo(WireTime.Form.EPOCH);
        });
    assertThat(event(received, SessionEvent.Kind.SESSION_STARTED).state().activeAgents())
        .allSatisfy(agent -> assertThat(agent.status()).isEqualTo(AgentStatus.IDLE));
    SessionEvent progress = event(received, SessionEvent.Kind.AGENT_STATUS_UPDATE);
    assertThat(progress.timestamp().form()).isEqualTo(WireTime.Form.EPOCH);
    assertThat(progress.state().activeAgents().get(0).status()).isEqualTo(AgentStatus.PROCESSING);
    assertThat(progress.state().activeAgents().get(0).progress()).isEqualTo(100 / 3.0);
    event(received, SessionEvent.Kind.PHASE_UPDATE);
    assertThat(event(received, SessionEvent.Kind.CREW_OUTPUT).state().crewOutput())
        .hasSize(1);
    event(received, SessionEvent.Kind.SESSION_ERROR);
    SessionEvent completed = event(received, SessionEvent.Kind.SESSION_COMPLETED);
    assertThat(completed.state().completedAgents()).hasSize(2);
    assertThat(completed.state().activeAgents())
        .allSatisfy(agent -> assertThat(agent.status()).isEqualTo(AgentStatus.COMPLETED));

    assertThat(client.board().snapshot().session("session_story"))
        .hasValueSatisfying(session -> assertThat(session.agents()).hasSize(2));

    SessionState state = Await.get(client.getSessionState("session_story"));
    assertThat(state.state().overallProgress()).isEqualTo(100);
    assertThat(state.state().totalAgents()).isNull();
    SessionLogs logs = Await.get(client.getSessionLogs("session_story"));
    assertThat(logs.logs().get(0).type()).isEqualTo("crew_activity");
    assertThat(logs.logs().get(0).timestamp().form()).isEqualTo(WireTime.Form.EPOCH);
  }

  @Test
  void saysThatASessionIsNotKnown() {
    AgentCraftClient client = connected(server.url());
    Await.failure(client.getSessionState("session_missing"), SessionNotFoundException.class);
    assertThat(Await.get(client.getSessionLogs("session_missing")).logs()).isEmpty();
  }

  @Test
  void confirmsLogStreamingAndSendsLinesToEveryone() throws Exception {
    AgentCraftClient client = client(server.url());
    ClientRecorder received = new ClientRecorder(client);
    Recorder<LogLine> lines = new Recorder<>();
    client.onLogLine(line -> {
      if ("session_log".equals(line.sessionId())) {
        lines.add(line);
      }
    });
    Await.get(client.connect());
    client.startLogStreaming("session_log");
    assertThat(received.next(LogStreamingStarted.class).sessionId()).isEqualTo("session_log");
    server.post("/test/log/session_log", "a line – with ✓");
    LogLine line = lines.next();
    assertThat(line.message()).isEqualTo("a line – with ✓");
    assertThat(line.level()).isEqualTo("INFO");
    client.stopLogStreaming();
    received.next(LogStreamingStopped.class);
  }

  private static SessionEvent event(ClientRecorder received, SessionEvent.Kind kind) {
    SessionEvent event = received.next(SessionEvent.class);
    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.sessionId()).isEqualTo("session_story");
    return event;
  }
}
