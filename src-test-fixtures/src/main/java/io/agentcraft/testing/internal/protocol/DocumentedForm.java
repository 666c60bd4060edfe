package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionSnapshot;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol as documented. */
public final class DocumentedForm implements Form {

  private final ServerClock clock;

  public DocumentedForm(ServerClock clock) {
    this.clock = clock;
  }

  @Override
  public List<Outbound> announce(SessionChange change) {
    if (change instanceof SessionChange.AgentReported reported) {
      return List.of(Outbound.toEveryone(reported.update()));
    }
    if (change instanceof SessionChange.Collaborated collaborated) {
      return List.of(Outbound.toEveryone(collaborated.collaboration()));
    }
    if (change instanceof SessionChange.LogAppended appended) {
      // There is no frame for one live line: the documented handler appends what session_logs has.
      String id = appended.session().id();
      return List.of(Outbound.toStreamersOf(
          id, new SessionLogs(id, List.of(appended.entry()), clock.epoch())));
    }
    // All other changes show in active_sessions.
    return List.of();
  }

  @Override
  public ActiveSessions activeSessions(List<Session> sessions) {
    List<SessionSummary> entries = sessions.stream().map(this::listed).toList();
    return new ActiveSessions(clock.epoch(), entries.size(), entries);
  }

  @Override
  public SessionSummary listed(Session session) {
    return SessionSummary.documented(
        session.id(), session.query(), session.phase(), session.activeAgents());
  }

  @Override
  public Ping ping() {
    return new Ping(clock.epoch());
  }

  @Override
  public List<ServerMessage> state(String sessionId, @Nullable Session session) {
    if (session == null) {
      return List.of();
    }
    SessionSnapshot snapshot = SessionSnapshot.documented(
        session.id(),
        session.query(),
        session.phase(),
        Math.rint(session.progress()),
        session.agents().stream().map(DocumentedForm::agent).toList(),
        session.crewOutput());
    return List.of(new SessionState(sessionId, snapshot, clock.epoch()));
  }

  @Override
  public SessionLogs logs(String sessionId, @Nullable Session session) {
    return new SessionLogs(
        sessionId, session == null ? List.of() : Form.newest(session.logs()), clock.epoch());
  }

  @Override
  public List<ServerMessage> streamingStarted(String sessionId) {
    return List.of();
  }

  @Override
  public List<ServerMessage> streamingStopped() {
    return List.of();
  }

  @Override
  public List<Outbound> unknownType(String clientId, String type) {
    return List.of();
  }

  private static AgentState agent(AgentState agent) {
    AgentState documented = AgentState.documented(
        agent.agentName(), agent.status(), Math.rint(agent.progress()), agent.currentTask());
    Details details = agent.details();
    return details == null
        ? documented
        : new AgentState(
            null,
            documented.agentName(),
            documented.status(),
            documented.statusText(),
            documented.progress(),
            documented.currentTask(),
            details.value() instanceof String text ? Details.of(Map.of("error", text)) : details,
            null,
            null);
  }
}
