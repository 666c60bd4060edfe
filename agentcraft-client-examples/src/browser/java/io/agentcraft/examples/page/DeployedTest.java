package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same page against the deployed form, which it finds at another path and in other messages. */
class DeployedTest extends PageTest {

  @Override
  ReferenceServerBuilder options() {
    return ReferenceServer.builder().form(WireForm.DEPLOYED);
  }

  @Test
  void findsThePathAndKeepsIt() {
    open(FAST);
    server.faults().cutConnections();
    server.awaitConnection();
    awaitText("#connection-text", "Connected");

    // The one refusal that shows which path it is; a browser reports it by itself.
    assertThat(consoleErrors()).filteredOn(error -> error.contains("403")).hasSize(1);
  }

  @Test
  void snapshotsBecomeSessionsAndAgents() {
    open("");
    server.startSession("session_1", "Why is the sky blue?", "Researcher", "Writer");
    await("the crew", () -> texts("#agents .name").size() == 2);
    awaitText("#sessions .name", "Why is the sky blue?");

    server.agentStatus("agent_x", "Researcher", AgentStatus.PROCESSING, 66.666, "Reading");

    awaitText("#agents .chip", "PROCESSING");
    assertThat(attribute("#agents .bar", "aria-valuenow")).isEqualTo("67");
    await(
        "the session moves", () -> attribute("#sessions .bar", "aria-valuenow").equals("33"));
    server.completeSession("session_1");
    awaitText("#agents .chip", "COMPLETED");
    awaitText("#sessions .chip", "completed");
  }

  @Test
  void logLinesComeWithoutBeingAskedFor() {
    server.startSession("session_1", "Why?", "Researcher");
    open("");
    server.appendLog("session_1", "warning", "Researcher", "Slow source");

    await("the line", () -> texts("#log .text").contains("Slow source"));
    assertThat(texts("#log .level")).contains("WARNING");
  }

  @Test
  void aPublishedSessionIsShownUpToItsEnd() {
    open("");
    server.broadcast(event(SessionEvent.Kind.SESSION_STARTED, "processing", Map.of()));
    await("the agent", () -> texts("#agents .name").equals(List.of("Indexer")));
    awaitText("#agents .message", "Indexing (tool: search)");
    await("the output", () -> texts("#sessions .detail").get(0).endsWith("Indexer: thought: Blue"));

    // A list of the server's own sessions does not have it.
    server.startSession("session_1", "Why is the sky blue?", "Researcher");
    await("both sessions", () -> texts("#sessions .name").size() == 2);
    assertThat(texts("#sessions .name")).contains("Index the folder");

    server.broadcast(
        event(SessionEvent.Kind.SESSION_COMPLETE, "processing", Map.of("result", "3 files")));
    awaitText("#agents .chip", "COMPLETED");
    await(
        "the result",
        () -> texts("#sessions .detail").stream().anyMatch(text -> text.endsWith("3 files")));
    assertThat(server.receivedFrames())
        .noneMatch(frame ->
            frame.text().contains("start_log_streaming") || frame.text().contains("published"));
  }

  private static SessionEvent event(
      SessionEvent.Kind kind, String status, Map<String, Object> data) {
    AgentState agent = new AgentState(
        "a",
        "Indexer",
        AgentStatus.fromWire(status),
        status,
        40,
        "Indexing",
        Details.of("tool: search"),
        null,
        null);
    Map<String, Object> output = Map.of("type", "thought", "content", "Blue", "agent", "Indexer");
    return new SessionEvent(
        kind,
        "published",
        SessionSnapshot.documented(
            "published", "Index the folder", "execution", 40, List.of(agent), List.of(output)),
        null,
        data);
  }
}
