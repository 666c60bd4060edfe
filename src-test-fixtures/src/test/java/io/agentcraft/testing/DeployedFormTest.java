package io.agentcraft.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.WireTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server sends in the deployed form. */
class DeployedFormTest {

  private final ManualScheduler time = new ManualScheduler();
  private final ReferenceServer server =
      ReferenceServer.builder().form(WireForm.DEPLOYED).scheduler(time).start();

  @AfterEach
  void close() {
    server.close();
    time.close();
  }

  @Test
  void playsACrewInSnapshots() throws Exception {
    try (RawClient client = RawClient.deployed(server)) {
      server.startSession("s1", "Why?", "Researcher", "Writer");
      SessionEvent started = client.take(SessionEvent.class);
      assertThat(started.kind()).isEqualTo(SessionEvent.Kind.SESSION_STARTED);
      assertThat(started.state().totalAgents()).isEqualTo(2);
      assertThat(started.state().activeAgents().get(1).agentId()).isEqualTo("agent_1");
      assertThat(started.state().activeAgents().get(1).statusText()).isEqualTo("idle");
      assertThat(requireNonNull(started.timestamp()).form()).isEqualTo(WireTime.Form.EPOCH);
      CrewAiLog line = client.take(CrewAiLog.class);
      assertThat(line.log().rawMessage()).isEqualTo("Started tracking session s1 with 2 agents");
      assertThat(requireNonNull(line.log().datetime()).form())
          .isEqualTo(WireTime.Form.ISO_WITHOUT_ZONE);
      ActiveSessions list = client.take(ActiveSessions.class);
      assertThat(requireNonNull(list.timestamp()).form()).isEqualTo(WireTime.Form.MONOTONIC);
      assertThat(list.sessions().get(0).agents()).isEqualTo(2);

      time.advance(Duration.ofSeconds(3));
      server.agentStatus("x", "Researcher", AgentStatus.PROCESSING, 60, "Reading");
      SessionEvent reported = client.take(SessionEvent.class);
      assertThat(reported.kind()).isEqualTo(SessionEvent.Kind.AGENT_STATUS_UPDATE);
      assertThat(reported.state().overallProgress()).isEqualTo(30);
      assertThat(reported.state().activeAgents().get(0).currentTask()).isEqualTo("Reading");
      assertThat(
              requireNonNull(reported.state().estimatedCompletion()).instant().orElseThrow())
          .isAfter(requireNonNull(reported.timestamp()).instant().orElseThrow());

      server.phase("s1", "writing");
      assertThat(client.take(SessionEvent.class).kind()).isEqualTo(SessionEvent.Kind.PHASE_UPDATE);
      client.take(ActiveSessions.class);
      server.crewOutput("s1", "Writer", "thought", "Hm");
      assertThat(client.take(SessionEvent.class).kind()).isEqualTo(SessionEvent.Kind.CREW_OUTPUT);
      server.completeSession("s1");
      SessionEvent completed = client.take(SessionEvent.class);
      assertThat(completed.kind()).isEqualTo(SessionEvent.Kind.SESSION_COMPLETED);
      assertThat(completed.state().activeAgents().get(0).statusText()).isEqualTo("finished");
      assertThat(completed.state().completedAgents()).containsExactly("Researcher", "Writer");
    }
  }

  @Test
  void failsASession() throws Exception {
    server.startSession("s1", "Why?", "Researcher");
    try (RawClient client = RawClient.deployed(server)) {
      server.failSession("s1", "boom");
      SessionEvent failed = client.take(SessionEvent.class);
      assertThat(failed.kind()).isEqualTo(SessionEvent.Kind.SESSION_ERROR);
      assertThat(requireNonNull(failed.state().activeAgents().get(0).details()).text())
          .isEqualTo("boom");
    }
  }

  @Test
  void answersRequests() throws Exception {
    server.startSession("s1", "Why?", "Researcher");
    server.agentStatus("x", "Researcher", AgentStatus.COMPLETED, 100, "Reading");
    server.phase("s1", "writing");
    try (RawClient client = RawClient.deployed(server)) {
      client.send("{\"type\":\"get_session_state\",\"session_id\":\"s1\"}");
      SessionState state = client.take(SessionState.class);
      assertThat(requireNonNull(state.timestamp()).form()).isEqualTo(WireTime.Form.MONOTONIC);
      assertThat(state.state().totalAgents()).isNull();
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"s1\"}");
      SessionLogs logs = client.take(SessionLogs.class);
      assertThat(logs.logs())
          .extracting(entry -> entry.type(), entry -> entry.status(), entry -> entry.message())
          .containsExactly(
              tuple("agent_activity", "finished", null),
              tuple("crew_activity", null, "Phase: writing"));
      client.send("{\"type\":\"get_session_state\",\"session_id\":\"none\"}");
      assertThat(client.take(SessionNotFound.class).sessionId()).isEqualTo("none");
      client.send("{\"type\":\"get_session_logs\",\"session_id\":\"none\"}");
      assertThat(client.take(SessionLogs.class).logs()).isEmpty();
      client.send("{\"type\":\"start_log_streaming\",\"session_id\":\"s1\"}");
      assertThat(client.take(LogStreamingStarted.class).sessionId()).isEqualTo("s1");
      client.send("{\"type\":\"stop_log_streaming\"}");
      client.take(LogStreamingStopped.class);
    }
  }

  @Test
  void sendsLiveLogLinesToEveryone() throws Exception {
    server.startSession("s1", "Why?");
    try (RawClient client = RawClient.deployed(server)) {
      server.appendLog("s1", "warning", "Writer", "Out of ink");
      CrewAiLog line = client.take(CrewAiLog.class);
      assertThat(line.log().level()).isEqualTo("WARNING");
      assertThat(line.log().sessionId()).isEqualTo("s1");
      assertThat(requireNonNull(line.log().agentInfo()).agentName()).isEqualTo("Writer");
    }
  }

  @Test
  void ignoresAStatusOnTheSocketWithAWarning() throws Exception {
    try (RawClient client = RawClient.deployed(server)) {
      client.send(
          "{\"type\":\"agent_status\",\"agent_id\":\"a\",\"agent_name\":\"A\",\"status\":\"IDLE\","
              + "\"progress\":5,\"message\":\"\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
      assertThat(client.take(CrewAiLog.class).log().rawMessage())
          .startsWith("Unknown message type from client_")
          .endsWith(": agent_status");
    }
  }

  @Test
  void passesOnTheStatusOfAnAgentOfNoSession() throws Exception {
    try (RawClient client = RawClient.deployed(server)) {
      server.agentStatus("a", "Outsider", AgentStatus.IDLE, 0, "");
      assertThat(client.take(AgentStatusUpdate.class).agentName()).isEqualTo("Outsider");
    }
  }

  @Test
  void aLateCleanUpLeavesTheNewConnectionDeaf() throws Exception {
    try (RawClient old = RawClient.deployed(server, "client_1_a")) {
      ClientConnection first = server.awaitConnection();
      try (RawClient fresh = RawClient.deployed(server, "client_1_a")) {
        server.awaitConnection();
        first.cut();
        fresh.send("{\"type\":\"get_session_logs\",\"session_id\":\"s1\"}");
        server.awaitFrame("get_session_logs");
        server.startSession("s1", "Why?");
        time.advance(Duration.ofSeconds(60));
        fresh.send("{\"type\":\"pong\"}");
        server.awaitFrame("pong");
        assertThat(old.end().failure()).isNotNull();
        assertThat(server.openConnections()).hasSize(1);
        server.openConnections().get(0).sendRaw("end");
        assertThat(fresh.take()).isEqualTo("end");
      }
    }
  }

  @Test
  void nobodyTurnsDeafWhenTheServerKnowsItsConnections() throws Exception {
    try (ReferenceServer careful = ReferenceServer.start();
        RawClient old = RawClient.connect(careful, "client_1_a");
        RawClient fresh = RawClient.connect(careful, "client_1_a")) {
      careful.awaitConnection().cut();
      assertThat(old.end().failure()).isNotNull();
      fresh.send("{\"type\":\"get_session_logs\",\"session_id\":\"s1\"}");
      fresh.take("session_logs");
    }
  }
}
