package io.agentcraft.examples.demo;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.testing.ReferenceServer;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Performs the steps of a crew on a reference server. */
public final class ServerStage implements CrewPlayer.Stage {

  private final ReferenceServer server;
  private final BooleanSupplier clientBack;

  /**
   * Creates a stage.
   *
   * @param server the server that the crew works on
   * @param clientBack returns whether the client has caught up after a cut
   */
  public ServerStage(ReferenceServer server, BooleanSupplier clientBack) {
    this.server = server;
    this.clientBack = clientBack;
  }

  @Override
  public void perform(CrewStep step) {
    if (step instanceof CrewStep.Begin begin) {
      server.startSession(begin.session(), begin.query(), begin.agents().toArray(String[]::new));
    } else if (step instanceof CrewStep.Report report) {
      server.agentStatus(
          agentId(report.agent()),
          report.agent(),
          report.status(),
          report.progress(),
          report.message());
    } else if (step instanceof CrewStep.Collaborate talk) {
      server.collaboration(new AgentCollaboration(
          talk.from(), talk.to(), talk.kind(), talk.reason(), WireTime.iso(Instant.now())));
    } else if (step instanceof CrewStep.Phase phase) {
      server.phase(phase.session(), phase.phase());
    } else if (step instanceof CrewStep.Log log) {
      server.appendLog(log.session(), log.level(), log.agent(), log.message());
    } else if (step instanceof CrewStep.Complete complete) {
      server.completeSession(complete.session());
    } else if (step instanceof CrewStep.Cut) {
      server.faults().cutConnections();
    }
  }

  @Override
  public boolean isClientBack() {
    return clientBack.getAsBoolean();
  }

  private static String agentId(String name) {
    return "agent_" + name.toLowerCase(Locale.ROOT);
  }
}
