package io.agentcraft.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.ClientMessage.GetSessionLogs;
import io.agentcraft.client.message.ClientMessage.GetSessionState;
import io.agentcraft.client.message.ClientMessage.Pong;
import io.agentcraft.client.message.ClientMessage.StartLogStreaming;
import io.agentcraft.client.message.ClientMessage.StopLogStreaming;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.CrewAiLog.AgentInfo;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the recorded frames say, read through the typed accessors. */
class TypedValuesTest {

  private static final WireTime DOCUMENTED_TIME = WireTime.ofSeconds(1642678200.123);

  private final MessageCodec codec = MessageCodec.create();

  @Test
  void activeSessions() {
    assertThat(decode(ActiveSessions.class, Vectors.documented(), 0))
        .isEqualTo(new ActiveSessions(
            DOCUMENTED_TIME,
            3,
            List.of(SessionSummary.documented(
                "session_abc123", "How do I fix webhook errors?", "processing", 2))));
    ActiveSessions deployed = decode(ActiveSessions.class, Vectors.deployed(), 0);
    assertThat(deployed.timestamp())
        .isNotNull()
        .extracting(WireTime::form)
        .isEqualTo(WireTime.Form.MONOTONIC);
    assertThat(deployed.sessions())
        .containsExactly(SessionSummary.deployed(
            "session_1", "completed", 100, 2, WireTime.ofSeconds(1795386973.339674)));
  }

  @Test
  void agentStatus() {
    AgentStatusUpdate update = decode(AgentStatusUpdate.class, Vectors.documented(), 0);
    assertThat(update)
        .isEqualTo(new AgentStatusUpdate(
            "agent-uuid",
            "Technical Integration Specialist",
            AgentStatus.PROCESSING,
            "PROCESSING",
            65,
            "Analyzing webhook signature validation...",
            WireTime.ofText("2024-01-20T10:30:45.123Z", ZoneOffset.UTC),
            Map.of("task_id", "task-uuid", "estimated_completion", 30)));
    assertThat(update.metadata().keySet()).containsExactly("task_id", "estimated_completion");
  }

  @Test
  void agentCollaboration() {
    assertThat(decode(AgentCollaboration.class, Vectors.documented(), 0))
        .isEqualTo(new AgentCollaboration(
            "Technical Integration Specialist",
            "Security Specialist",
            "handoff",
            "Requires security expertise",
            WireTime.ofText("2024-01-20T10:31:15.456Z", ZoneOffset.UTC)));
  }

  @Test
  void sessionState() {
    assertThat(decode(SessionState.class, Vectors.documented(), 0))
        .isEqualTo(new SessionState(
            "session_abc123",
            SessionSnapshot.documented(
                "session_abc123",
                "How do I fix webhook errors?",
                "processing",
                65,
                List.of(AgentState.documented(
                    "Technical Integration Specialist",
                    AgentStatus.PROCESSING,
                    75,
                    "Analyzing webhook configuration")),
                List.of()),
            DOCUMENTED_TIME));
    SessionSnapshot deployed = decode(SessionState.class, Vectors.deployed(), 0).state();
    assertThat(deployed.activeAgents())
        .extracting(AgentState::status, AgentState::statusText, AgentState::currentTask)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                AgentStatus.COMPLETED, "finished", "Analyzing webhook"),
            org.assertj.core.groups.Tuple.tuple(AgentStatus.COMPLETED, "finished", null));
    assertThat(deployed.activeAgents().get(1).details()).isEqualTo(Details.of("boom"));
  }

  @Test
  void sessionLogs() {
    assertThat(decode(SessionLogs.class, Vectors.documented(), 0))
        .isEqualTo(new SessionLogs(
            "session_abc123",
            List.of(LogEntry.documented(
                WireTime.ofText("2024-01-20T10:30:00Z", ZoneOffset.UTC),
                "info",
                "Technical Integration Specialist",
                "Starting webhook analysis")),
            DOCUMENTED_TIME));
    SessionLogs deployed = decode(SessionLogs.class, Vectors.deployed(), 0);
    assertThat(deployed.logs()).hasSize(8);
    assertThat(deployed.logs().get(0))
        .isEqualTo(new LogEntry(
            WireTime.ofSeconds(1795389935.902814),
            null,
            "agent_activity",
            "Technical Integration Specialist",
            "processing",
            "Analyzing webhook",
            null,
            Details.of("step 0")));
    assertThat(deployed.logs().get(6).message()).isEqualTo("final_result: final answer...");
    assertThat(deployed.logs().get(6).details()).isNull();
    assertThat(decode(SessionLogs.class, Vectors.deployed(), 1).logs()).isEmpty();
  }

  @Test
  void pingOfBothClocks() {
    assertThat(decode(Ping.class, Vectors.documented(), 0)).isEqualTo(new Ping(DOCUMENTED_TIME));
    assertThat(decode(Ping.class, Vectors.documented(), 1))
        .isEqualTo(new Ping(WireTime.ofSeconds(736.91432084)));
  }

  @Test
  void sessionNotFoundAndLogStreaming() {
    assertThat(decode(SessionNotFound.class, Vectors.deployed(), 0))
        .isEqualTo(new SessionNotFound("session_missing", WireTime.ofSeconds(3700.142171862)));
    assertThat(decode(LogStreamingStarted.class, Vectors.deployed(), 0))
        .isEqualTo(new LogStreamingStarted(
            "session_webhook_1",
            WireTime.ofSeconds(3700.746874462),
            "CrewAI log streaming enabled"));
    assertThat(decode(LogStreamingStopped.class, Vectors.deployed(), 0))
        .isEqualTo(new LogStreamingStopped(
            WireTime.ofSeconds(3700.948553134), "CrewAI log streaming disabled"));
  }

  @Test
  void sessionEventsOfEveryKind() {
    assertThat(all(SessionEvent.class, Vectors.deployed()))
        .extracting(SessionEvent::kind)
        .containsExactly(
            SessionEvent.Kind.SESSION_STARTED,
            SessionEvent.Kind.AGENT_STATUS_UPDATE,
            SessionEvent.Kind.AGENT_STATUS_UPDATE,
            SessionEvent.Kind.AGENT_STATUS_UPDATE,
            SessionEvent.Kind.PHASE_UPDATE,
            SessionEvent.Kind.CREW_OUTPUT,
            SessionEvent.Kind.SESSION_ERROR,
            SessionEvent.Kind.CREW_OUTPUT,
            SessionEvent.Kind.SESSION_COMPLETED);
    SessionEvent second = decode(SessionEvent.class, Vectors.deployed(), 2);
    SessionSnapshot state = second.state();
    assertThat(state.overallProgress()).isEqualTo(16.666666666666668);
    assertThat(state.totalAgents()).isEqualTo(2);
    assertThat(state.completedAgents()).isEmpty();
    assertThat(state.startedAt()).isEqualTo(WireTime.ofSeconds(1795389935.851984));
    assertThat(state.estimatedCompletion()).isEqualTo(WireTime.ofSeconds(1795389936.4647236));
    assertThat(state.activeAgents().get(0))
        .isEqualTo(new AgentState(
            "agent_0",
            "Technical Integration Specialist",
            AgentStatus.PROCESSING,
            "processing",
            33.333333333333336,
            "Analyzing webhook",
            Details.of("step 1"),
            null,
            WireTime.ofSeconds(1795389935.9540923)));
    SessionEvent last = decode(SessionEvent.class, Vectors.deployed(), 8);
    assertThat(last.state().crewOutput()).hasSize(2);
    assertThat(last.state().crewOutput().get(0))
        .isEqualTo(Map.of(
            "timestamp", 1795389936.0048487,
            "type", "thought",
            "content", "some content",
            "agent", "Technical Integration Specialist"));
  }

  @Test
  void crewAiLog() {
    List<CrewAiLog> logs = all(CrewAiLog.class, Vectors.deployed());
    assertThat(logs.get(1).log().agentInfo()).isNull();
    assertThat(logs.get(0).log().agentInfo()).isEqualTo(new AgentInfo(null, null));
    CrewAiLog task = logs.get(3);
    assertThat(task.timestamp()).isEqualTo(WireTime.ofSeconds(1795389936.0050068));
    assertThat(task.log().agentInfo()).isEqualTo(new AgentInfo("Foo", "do it"));
    assertThat(task.log().level()).isEqualTo("INFO");
    assertThat(task.log().logger()).isEqualTo("crewai");
    assertThat(task.log().rawMessage()).isEqualTo("Starting Agent Foo task: do it.");
    assertThat(task.log().source()).isEqualTo("python_logger");
    assertThat(task.log().module()).isEqualTo("real");
    assertThat(task.log().function()).isEqualTo("demo");
    assertThat(task.log().line()).isEqualTo(23);
    assertThat(task.log().eventType()).isEqualTo("task_start");
    assertThat(task.log().sessionId()).isNull();
    assertThat(task.log().data()).isNull();
  }

  @Test
  void zonelessTextIsReadInTheZoneGiven() {
    MessageCodec berlin = MessageCodec.withZone(ZoneId.of("Europe/Berlin"));
    CrewAiLog log = (CrewAiLog) berlin.decodeServer(Vectors.deployed().get(1));
    assertThat(log.log().datetime())
        .isEqualTo(WireTime.ofText("2026-11-22T23:25:35.639480", ZoneId.of("Europe/Berlin")));
  }

  @Test
  void clientMessages() {
    assertThat(Vectors.client().stream().map(codec::decodeClient))
        .containsExactly(
            new GetSessionLogs("session_abc123"),
            new GetSessionState("session_abc123"),
            new StartLogStreaming("session_abc123"),
            new StopLogStreaming(),
            new Pong());
    assertThat(codec.decodeClient(Vectors.documented().get(1)))
        .isEqualTo(codec.decodeServer(Vectors.documented().get(1)));
  }

  private <M extends ServerMessage> M decode(Class<M> type, List<String> frames, int index) {
    return all(type, frames).get(index);
  }

  private <M extends ServerMessage> List<M> all(Class<M> type, List<String> frames) {
    return frames.stream()
        .map(codec::decodeServer)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
