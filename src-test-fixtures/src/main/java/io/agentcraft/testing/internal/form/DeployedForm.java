package io.agentcraft.testing.internal.form;

import io.agentcraft.client.message.ActiveSessions;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.LogStreamingStarted;
import io.agentcraft.client.message.LogStreamingStopped;
import io.agentcraft.client.message.Ping;
import io.agentcraft.client.message.ServerMessage;
import io.agentcraft.client.message.SessionEvent;
import io.agentcraft.client.message.SessionLogs;
import io.agentcraft.client.message.SessionNotFound;
import io.agentcraft.client.message.SessionState;
import io.agentcraft.client.message.SessionSummary;
import io.agentcraft.client.message.WireTime;
import io.agentcraft.testing.internal.session.Session;
import io.agentcraft.testing.internal.session.SessionChange;
import io.agentcraft.testing.internal.time.ServerClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocol as the deployed backend was observed to speak it. */
public final class DeployedForm implements Form {

  private final ServerClock clock;
  private final Snapshots snapshots;
  private final PythonLog log;

  public DeployedForm(ServerClock clock) {
    this.clock = clock;
    this.snapshots = new Snapshots(clock);
    this.log = new PythonLog(clock);
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
            : new SessionState(sessionId, snapshots.answer(session), clock.monotonic()));
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
      // An agent of no session reaches the backend by POST broadcast, and that goes out as it is.
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
        new SessionEvent(kind, session.id(), snapshots.whole(session), clock.epoch()));
  }

  private static SessionSummary summary(Session session, double progress) {
    return SessionSummary.deployed(
        session.id(),
        session.phase(),
        progress,
        session.agents().size(),
        WireTime.epoch(session.startedAt()));
  }
}
