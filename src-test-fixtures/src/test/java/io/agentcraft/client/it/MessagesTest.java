package io.agentcraft.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.AgentCraftClient;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.CrewAiLog;
import io.agentcraft.client.message.LogLine;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.UnknownMessage;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.WireForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest extends IntegrationTest {

  /** Listens by every typed method; one list, so that the order is seen too. */
  private static Heard<ServerMessage> listenByType(AgentCraftClient client) {
    Heard<ServerMessage> heard = new Heard<>();
    client.onActiveSessions(heard::add);
    client.onAgentStatus(heard::add);
    client.onAgentCollaboration(heard::add);
    client.onSessionState(heard::add);
    client.onSessionLogs(heard::add);
    client.onSessionNotFound(heard::add);
    client.onSessionEvent(heard::add);
    client.onCrewAiLog(heard::add);
    client.onLogStreamingStarted(heard::add);
    client.onLogStreamingStopped(heard::add);
    client.onPing(heard::add);
    client.onUnknownMessage(heard::add);
    return heard;
  }

  @Test
  void everyMessageOfTheDocumentedFormReachesItsListener() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Heard<ServerMessage> typed = listenByType(client);
    Heard<ServerMessage> all = new Heard<>();
    client.onMessage(all::add);
    connected(server, client);
    server.startSession("session_1", "Why?", "Researcher", "Writer");
    server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
    server.collaboration("Researcher", "Writer", "Facts are ready");
    Await.get(client.getSessionState("session_1"));
    client.startLogStreaming("session_1");
    server.awaitFrame("start_log_streaming");
    server.appendLog("session_1", "info", "Writer", "Writing");
    server.completeSession("session_1");
    serverClock.advance(seconds(30));

    assertTypesAre(
        typed,
        "active_sessions",
        "agent_status",
        "agent_collaboration",
        "session_state",
        "session_logs",
        "ping");
    assertThat(all.next(message -> message.type().equals("ping"))).isNotNull();
  }

  @Test
  void everyMessageOfTheDeployedFormReachesItsListener() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = client(server);
    Heard<ServerMessage> typed = listenByType(client);
    connected(server, client);
    server.startSession("session_1", "Why?", "Researcher", "Writer");
    server.agentStatus("a1", "Researcher", AgentStatus.PROCESSING, 40, "Reading");
    server.phase("session_1", "writing");
    server.crewOutput("session_1", "Writer", "thought", "Hm.");
    client.startLogStreaming("session_1");
    server.awaitFrame("start_log_streaming");
    server.appendLog("session_1", "info", "Writer", "Writing");
    client.stopLogStreaming();
    server.awaitFrame("stop_log_streaming");
    Await.get(client.getSessionLogs("session_1"));
    Await.get(client.getSessionState("session_1"));
    var unused = client.getSessionState("nobody");
    server.completeSession("session_1");
    server.startSession("session_2", "What?", "Researcher");
    server.failSession("session_2", "out of tokens");
    serverClock.advance(seconds(30));

    assertTypesAre(
        typed,
        "active_sessions",
        "session_started",
        "agent_status_update",
        "phase_update",
        "crew_output",
        "log_streaming_started",
        "crewai_log",
        "log_streaming_stopped",
        "session_logs",
        "session_state",
        "session_not_found",
        "session_completed",
        "session_error",
        "ping");
  }

  private static void assertTypesAre(Heard<ServerMessage> heard, String... types) {
    List<String> missing = new ArrayList<>(List.of(types));
    while (!missing.isEmpty()) {
      missing.remove(heard.next().type());
    }
  }

  @Test
  void typedListenersHearTheirTypeOnly() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = connected(server, client(server));
    Heard<SessionEvent> events = new Heard<>();
    Heard<AgentStatusUpdate> updates = new Heard<>();
    client.onSessionEvent(events::add);
    client.onAgentStatus(updates::add);
    AgentStatusUpdate update = AgentStatusUpdate.builder("a1", "Writer")
        .status(AgentStatus.COMPLETED)
        .progress(100)
        .message("Done")
        .build();
    server.startSession("session_1", "Why?", "Researcher");
    server.broadcast(update);

    assertThat(events.next().sessionId()).isEqualTo("session_1");
    assertThat(updates.next()).isEqualTo(update);
    assertThat(events.rest()).isEmpty();
    assertThat(updates.rest()).isEmpty();
  }

  @Test
  void everyLogLineReachesTheLogListenerWhateverFrameBroughtIt() {
    ReferenceServer documented = server();
    ReferenceServer deployed = server(WireForm.DEPLOYED);
    for (ReferenceServer server : List.of(documented, deployed)) {
      AgentCraftClient client = connected(server, client(server));
      Heard<LogLine> lines = new Heard<>();
      client.onLogLine(lines::add);
      server.startSession("session_1", "Why?", "Writer");
      client.startLogStreaming("session_1");
      server.awaitFrame("start_log_streaming");
      server.appendLog("session_1", "warning", "Writer", "Running out of ink");

      // The deployed form has lines of the server's own as well.
      LogLine line = lines.next(one -> one.message().contains("Running out of ink"));
      assertThat(line.level()).isEqualToIgnoringCase("warning");
      assertThat(line.source())
          .isInstanceOf(server == documented ? SessionLogs.class : CrewAiLog.class);
      // The answer to a request brings lines as well.
      Await.get(client.getSessionLogs("session_1"));
      lines.next(one -> one.message().contains("Running out of ink"));
    }
  }

  @Test
  void messagesOfUnknownTypesArriveAsTheyCame() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    Heard<UnknownMessage> unknown = new Heard<>();
    client.onUnknownMessage(unknown::add);
    server.sendRaw("{\"type\":\"agent_retired\",\"agent_id\":\"a1\"}");
    server.sendRaw("{\"pension\":1e3,\"type\":\"agent_resting\"}");

    assertThat(unknown.next()).satisfies(one -> {
      assertThat(one.type()).isEqualTo("agent_retired");
      assertThat(one.raw()).contains("\"a1\"");
    });
    assertThat(unknown.next().type()).isEqualTo("agent_resting");
  }

  @Test
  void aClosedSubscriptionHearsNoMore() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    Heard<AgentStatusUpdate> first = new Heard<>();
    Heard<AgentStatusUpdate> second = new Heard<>();
    var subscription = client.onAgentStatus(first::add);
    client.onAgentStatus(second::add);
    server.agentStatus("a1", "Writer", AgentStatus.IDLE, 0, "");
    first.next();
    subscription.close();
    subscription.close();
    server.agentStatus("a1", "Writer", AgentStatus.PROCESSING, 1, "");
    second.next(2);
    assertThat(first.rest()).isEmpty();
  }
}
