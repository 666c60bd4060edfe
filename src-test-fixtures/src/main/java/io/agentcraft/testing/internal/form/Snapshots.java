package io.agentcraft.testing.internal.form;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.testing.internal.session.Session;
import io.agentcraft.testing.internal.time.ServerClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Session state as the deployed backend writes it: whole in events, in the documented extent in answers. */
final class Snapshots {

  private final ServerClock clock;

  Snapshots(ServerClock clock) {
    this.clock = clock;
  }

  SessionSnapshot whole(Session session) {
    Instant end = session.estimatedCompletion(clock.now());
    return new SessionSnapshot(
        session.id(),
        session.query(),
        session.phase(),
        session.progress(),
        session.agents().stream()
            .map(agent -> agent(agent, agent.agentId(), agent.startedAt(), agent.updatedAt()))
            .toList(),
        new ArrayList<>(session.crewOutput()),
        session.agents().size(),
        session.completedAgents(),
        WireTime.epoch(session.startedAt()),
        end == null ? null : WireTime.epoch(end));
  }

  SessionSnapshot answer(Session session) {
    List<AgentState> agents =
        session.agents().stream().map(agent -> agent(agent, null, null, null)).toList();
    return SessionSnapshot.documented(
        session.id(),
        session.query(),
        session.phase(),
        session.progress(),
        agents,
        session.crewOutput());
  }

  static String statusText(AgentStatus status, String text) {
    return status == AgentStatus.COMPLETED ? "finished" : text.toLowerCase(Locale.ROOT);
  }

  private static AgentState agent(
      AgentState agent,
      @Nullable String agentId,
      @Nullable WireTime startedAt,
      @Nullable WireTime updatedAt) {
    return new AgentState(
        agentId,
        agent.agentName(),
        agent.status(),
        statusText(agent.status(), agent.statusText()),
        agent.progress(),
        agent.currentTask(),
        agent.details(),
        startedAt,
        updatedAt);
  }
}
