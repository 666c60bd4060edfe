package io.agentcraft.examples.crew;

import io.agentcraft.client.message.AgentCollaboration;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.testing.ReferenceServer;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Plays on a reference server. */
public final class ServerStage implements CrewStage {

  private final ReferenceServer server;
  private final BooleanSupplier audienceBack;

  /**
   * Makes the stage.
   *
   * @param server what the crew works on
   * @param audienceBack whether the audience has seen what it missed
   */
  public ServerStage(ReferenceServer server, BooleanSupplier audienceBack) {
    this.server = server;
    this.audienceBack = audienceBack;
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
  public boolean isAudienceBack() {
    return audienceBack.getAsBoolean();
  }

  private static String agentId(String name) {
    return "agent_" + name.toLowerCase(Locale.ROOT);
  }
}
