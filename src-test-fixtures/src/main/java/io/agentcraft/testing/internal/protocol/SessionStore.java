package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.message.AgentState;
import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.message.Details;
import io.agentcraft.client.message.LogEntry;
import io.agentcraft.client.message.WireTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The sessions by id, in the order they were started. Confined to the server's loop. */
public final class SessionStore {

  private final ServerClock clock;
  private final boolean keepsActivity;
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /**
   * Creates an empty store.
   *
   * @param keepsActivity whether status reports, phases and outputs are added to the session's log as well, as on the deployed
   *     backend
   */
  public SessionStore(ServerClock clock, boolean keepsActivity) {
    this.clock = clock;
    this.keepsActivity = keepsActivity;
  }

  public List<Session> all() {
    return List.copyOf(sessions.values());
  }

  public @Nullable Session find(String id) {
    return sessions.get(id);
  }

  public SessionChange.Started start(String id, String query, List<String> agentNames) {
    WireTime now = clock.epoch();
    List<AgentState> agents = new ArrayList<>();
    for (String name : agentNames) {
      agents.add(new AgentState(
          "agent_" + agents.size(),
          name,
          AgentStatus.IDLE,
          AgentStatus.IDLE.wireText(),
          0,
          null,
          null,
          null,
          now));
    }
    Session session =
        new Session(id, query, Session.FIRST_PHASE, clock.now(), agents, List.of(), List.of());
    sessions.put(id, session);
    return new SessionChange.Started(session);
  }

  /** Applies a status to every running session that has an agent of this name. */
  public SessionChange.AgentReported report(AgentStatusUpdate update) {
    List<Session> touched = new ArrayList<>();
    for (Session session : all()) {
      if (!session.isOver() && session.hasAgent(update.agentName())) {
        LogEntry activity = entry(
            "agent_activity", update.agentName(), update.statusText(), update.message(), null);
        touched.add(replace(
            session.id(),
            known -> withActivity(known.withAgents(agent -> applied(agent, update)), activity)));
      }
    }
    return new SessionChange.AgentReported(update, touched);
  }

  public SessionChange.PhaseEntered enterPhase(String id, String phase) {
    return new SessionChange.PhaseEntered(replace(
        id, session -> withActivity(session.withPhase(phase), crewActivity("Phase: " + phase))));
  }

  public SessionChange.OutputAdded addOutput(
      String id, String type, String content, @Nullable String agent) {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("timestamp", clock.epoch().seconds().orElseThrow());
    output.put("type", type);
    output.put("content", content);
    output.put("agent", agent);
    return new SessionChange.OutputAdded(replace(
        id,
        session -> withActivity(session.withOutput(output), crewActivity(type + ": " + content))));
  }

  public SessionChange.LogAppended appendLog(String id, LogEntry entry) {
    return new SessionChange.LogAppended(replace(id, session -> session.withLog(entry)), entry);
  }

  public SessionChange.Completed complete(String id) {
    return new SessionChange.Completed(replace(
        id,
        session -> withActivity(
            session
                .withPhase(Session.COMPLETED)
                .withAgents(agent -> with(agent, AgentStatus.COMPLETED, 100, agent.details())),
            crewActivity("Session completed"))));
  }

  public SessionChange.Failed fail(String id, String error) {
    Session failed = replace(
        id,
        session -> withActivity(
            session
                .withPhase(Session.FAILED)
                .withAgents(agent -> agent.status().isFinal()
                    ? agent
                    : with(agent, AgentStatus.ERROR, agent.progress(), Details.of(error))),
            crewActivity("Error: " + error)));
    return new SessionChange.Failed(failed, error);
  }

  public SessionChange.Removed remove(String id) {
    sessions.remove(id);
    return new SessionChange.Removed(id);
  }

  private Session replace(String id, UnaryOperator<Session> change) {
    Session known = sessions.get(id);
    if (known == null) {
      throw new IllegalArgumentException("There is no session \"" + id + "\", but "
          + (sessions.isEmpty() ? "none at all" : sessions.keySet())
          + ". Call startSession first.");
    }
    Session changed = change.apply(known);
    sessions.put(id, changed);
    return changed;
  }

  private Session withActivity(Session session, LogEntry activity) {
    return keepsActivity ? session.withLog(activity) : session;
  }

  private LogEntry crewActivity(String message) {
    return entry("crew_activity", null, null, null, message);
  }

  private LogEntry entry(
      String type,
      @Nullable String agent,
      @Nullable String status,
      @Nullable String task,
      @Nullable String message) {
    return new LogEntry(clock.epoch(), null, type, agent, status, task, message, null);
  }

  private AgentState applied(AgentState agent, AgentStatusUpdate update) {
    if (!agent.agentName().equals(update.agentName())) {
      return agent;
    }
    WireTime startedAt = agent.startedAt();
    if (startedAt == null && update.status() != AgentStatus.IDLE) {
      startedAt = clock.epoch();
    }
    return new AgentState(
        agent.agentId(),
        agent.agentName(),
        update.status(),
        update.statusText(),
        update.progress(),
        update.message(),
        agent.details(),
        startedAt,
        clock.epoch());
  }

  private AgentState with(
      AgentState agent, AgentStatus status, double progress, @Nullable Details details) {
    return new AgentState(
        agent.agentId(),
        agent.agentName(),
        status,
        status.wireText(),
        progress,
        agent.currentTask(),
        details,
        agent.startedAt(),
        clock.epoch());
  }
}
