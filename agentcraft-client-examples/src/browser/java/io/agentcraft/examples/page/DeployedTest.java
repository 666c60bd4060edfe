package io.agentcraft.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.testing.ReferenceServer;
import io.agentcraft.testing.ReferenceServerBuilder;
import io.agentcraft.testing.WireForm;
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
}
