package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol as observed of the deployed backend. */
public final class DeployedForm implements Form {

  private final ServerClock clock;
  private final DeployedLog log;

  public DeployedForm(ServerClock clock) {
    this.clock = clock;
    this.log = new DeployedLog(clock);
  }

  @Override
  public List<Outbound> announce(SessionChange change) {
    if (change instanceof SessionChange.Started started) {
      Session session = started.session();
      return List.of(
          event(SessionEvent.Kind.SESSION_STARTED, session),
          log.tracker(
              "start_session",
              "Started tracking session " + session.id() + " with "
                  + session.agents().size() + " agents"));
    }
    if (change instanceof SessionChange.AgentReported reported) {
      return reported(reported.update(), reported.sessions());
    }
    if (change instanceof SessionChange.Collaborated collaborated) {
      return List.of(Outbound.toEveryone(collaborated.collaboration()));
    }
    if (change instanceof SessionChange.PhaseEntered entered) {
      return List.of(event(SessionEvent.Kind.PHASE_UPDATE, entered.session()));
    }
    if (change instanceof SessionChange.OutputAdded added) {
      return List.of(event(SessionEvent.Kind.CREW_OUTPUT, added.session()));
    }
    if (change instanceof SessionChange.LogAppended appended) {
      return List.of(log.line(appended.session().id(), appended.entry()));
    }
    if (change instanceof SessionChange.Completed completed) {
      Session session = completed.session();
      return List.of(
          event(SessionEvent.Kind.SESSION_COMPLETED, session),
          log.tracker("complete_session", "Completed tracking session " + session.id()));
    }
    if (change instanceof SessionChange.Failed failed) {
      return List.of(event(SessionEvent.Kind.SESSION_ERROR, failed.session()));
    }
    return List.of();
  }

  @Override
  public ActiveSessions activeSessions(List<Session> sessions) {
    List<SessionSummary> entries =
        sessions.stream().map(session -> summary(session, session.progress())).toList();
    return new ActiveSessions(clock.monotonic(), entries.size(), entries);
  }

  @Override
  public SessionSummary listed(Session session) {
    return summary(session, 0);
  }

  @Override
  public Ping ping() {
    return new Ping(clock.monotonic());
  }

  @Override
  public List<ServerMessage> state(String sessionId, @Nullable Session session) {
    return List.of(
        session == null
            ? new SessionNotFound(sessionId, clock.monotonic())
            : new SessionState(sessionId, answered(session), clock.monotonic()));
  }

  @Override
  public SessionLogs logs(String sessionId, @Nullable Session session) {
    return new SessionLogs(
        sessionId,
        session == null
            ? List.of()
            : Form.newest(session.logs()).stream().map(log::entry).toList(),
        clock.monotonic());
  }

  @Override
  public List<ServerMessage> streamingStarted(String sessionId) {
    return List.of(
        new LogStreamingStarted(sessionId, clock.monotonic(), "CrewAI log streaming enabled"));
  }

  @Override
  public List<ServerMessage> streamingStopped() {
    return List.of(new LogStreamingStopped(clock.monotonic(), "CrewAI log streaming disabled"));
  }

  @Override
  public List<Outbound> unknownType(String clientId, String type) {
    return List.of(log.warning("Unknown message type from " + clientId + ": " + type));
  }

  private List<Outbound> reported(AgentStatusUpdate update, List<Session> sessions) {
    if (sessions.isEmpty()) {
      // An agent without a session reaches the backend by POST broadcast, which is sent as it is.
      return List.of(Outbound.toEveryone(update));
    }
    List<Outbound> events = new ArrayList<>();
    for (Session session : sessions) {
      events.add(event(SessionEvent.Kind.AGENT_STATUS_UPDATE, session));
    }
    return events;
  }

  private Outbound event(SessionEvent.Kind kind, Session session) {
    return Outbound.toEveryone(
        new SessionEvent(kind, session.id(), whole(session), clock.epoch(), Map.of()));
  }

  private static SessionSummary summary(Session session, double progress) {
    return SessionSummary.deployed(
        session.id(),
        session.phase(),
        progress,
        session.agents().size(),
        WireTime.epoch(session.startedAt()));
  }

  /** The session state as it is in events. */
  private SessionSnapshot whole(Session session) {
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

  /** The session state as it is in answers: only what is documented. */
  private static SessionSnapshot answered(Session session) {
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
