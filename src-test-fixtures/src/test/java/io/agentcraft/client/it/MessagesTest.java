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

  /** Adds a listener of every type; one recorder, so that the order is recorded too. */
  private static Recorder<ServerMessage> listenByType(AgentCraftClient client) {
    Recorder<ServerMessage> received = new Recorder<>();
    client.onActiveSessions(received::add);
    client.onAgentStatus(received::add);
    client.onAgentCollaboration(received::add);
    client.onSessionState(received::add);
    client.onSessionLogs(received::add);
    client.onSessionNotFound(received::add);
    client.onSessionEvent(received::add);
    client.onCrewAiLog(received::add);
    client.onLogStreamingStarted(received::add);
    client.onLogStreamingStopped(received::add);
    client.onPing(received::add);
    client.onUnknownMessage(received::add);
    return received;
  }

  @Test
  void everyMessageOfTheDocumentedFormReachesItsListener() {
    ReferenceServer server = server();
    AgentCraftClient client = client(server);
    Recorder<ServerMessage> typed = listenByType(client);
    Recorder<ServerMessage> all = new Recorder<>();
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
    Recorder<ServerMessage> typed = listenByType(client);
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

  private static void assertTypesAre(Recorder<ServerMessage> received, String... types) {
    List<String> missing = new ArrayList<>(List.of(types));
    while (!missing.isEmpty()) {
      missing.remove(received.next().type());
    }
  }

  @Test
  void typedListenersReceiveTheirTypeOnly() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = connected(server, client(server));
    Recorder<SessionEvent> events = new Recorder<>();
    Recorder<AgentStatusUpdate> updates = new Recorder<>();
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
      Recorder<LogLine> lines = new Recorder<>();
      client.onLogLine(lines::add);
      server.startSession("session_1", "Why?", "Writer");
      client.startLogStreaming("session_1");
      server.awaitFrame("start_log_streaming");
      server.appendLog("session_1", "warning", "Writer", "Running out of ink");

      // In the deployed form there are also log lines of the server itself.
      LogLine line = lines.next(one -> one.message().contains("Running out of ink"));
      assertThat(line.level()).isEqualToIgnoringCase("warning");
      assertThat(line.source())
          .isInstanceOf(server == documented ? SessionLogs.class : CrewAiLog.class);
      // The answer to a request has log lines as well.
      Await.get(client.getSessionLogs("session_1"));
      lines.next(one -> one.message().contains("Running out of ink"));
    }
  }

  @Test
  void aLiveLineThatIsSentTwiceIsHeardOnce() {
    ReferenceServer server = server(WireForm.DEPLOYED);
    AgentCraftClient client = connected(server, client(server));
    Recorder<LogLine> lines = new Recorder<>();
    client.onLogLine(lines::add);
    for (String time : List.of("1795389936.0049565", "1795389936.0050385")) {
      server.sendRaw(
          "{\"type\": \"crewai_log\", \"timestamp\": " + time + ", \"log\": {\"timestamp\": "
              + time
              + ", \"datetime\": \"2026-11-22T23:25:36.004900\", \"session_id\": null, \"level\": \"INFO\","
              + " \"logger\": \"crewai\", \"message\": \"INFO - crewai - Starting\", \"raw_message\": \"Starting\"}}");
    }
    server.startSession("session_1", "Why?", "Writer");
    server.appendLog("session_1", "info", "Writer", "Writing");

    lines.next(line -> line.message().equals("Writing"));
    assertThat(lines.taken())
        .filteredOn(line -> line.message().equals("Starting"))
        .hasSize(1);
  }

  @Test
  void messagesOfUnknownTypesArriveAsTheyCame() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    Recorder<UnknownMessage> unknown = new Recorder<>();
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
  void aClosedSubscriptionReceivesNoMore() {
    ReferenceServer server = server();
    AgentCraftClient client = connected(server, client(server));
    Recorder<AgentStatusUpdate> first = new Recorder<>();
    Recorder<AgentStatusUpdate> second = new Recorder<>();
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
