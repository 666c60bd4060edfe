package io.agentcraft.client.view;

import io.agentcraft.client.message.AgentStatusUpdate;
import io.agentcraft.client.view.BoundedCollections.LruMap;
import io.agentcraft.client.view.BoundedCollections.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Finds agents in sessions, and sessions of agents, if not all messages say that they belong together: the documented server
 * tells of its agents by id, and lists them in sessions by name.
 */
final class Adoptions {

  private static final int MAX_CHARS = 500;

  // The agents that belong to no session.
  private final LruMap<String, AgentView> agents;
  private final LruMap<String, SessionView> sessions;
  // The sessions of agents whose own messages do not name them, by agent id.
  private final LruMap<String, String> adopters;

  Adoptions(
      LruMap<String, AgentView> agents,
      LruMap<String, SessionView> sessions,
      int maxAgents,
      Tally tally) {
    this.agents = agents;
    this.sessions = sessions;
    this.adopters = new LruMap<>(maxAgents, sessionId -> 0, tally);
  }

  /** Returns what identifies an agent that belongs to no session: its id, or its name if it has none. */
  static String key(String id, String name) {
    return id.isEmpty() ? "\n" + name : id;
  }

  /**
   * Returns the session that lists the agent of a status which names none. The agent of a session that has ended is at work
   * again somewhere else.
   */
  @Nullable
  SessionView sessionOf(AgentStatusUpdate update) {
    String adopter = adopters.get(update.agentId());
    SessionView known = adopter == null ? null : sessions.get(adopter);
    if (known != null
        && mayList(known, update)
        && SessionAgents.indexOf(known.agents(), update) >= 0) {
      return known;
    }
    SessionView latest = null;
    for (SessionView session : sessions.values()) {
      if (mayList(session, update)
          && lists(session, update)
          && (latest == null || session.updatedAt().isAfter(latest.updatedAt()))) {
        latest = session;
      }
    }
    return latest;
  }

  /** Takes an agent out of those without a session, since a session turns out to list it. */
  @Nullable
  AgentView adopt(String sessionId, String id, String name) {
    for (AgentView agent : agents.values()) {
      if (isSame(agent, id, name)) {
        agents.remove(key(agent.id(), agent.name()));
        note(agent.id(), sessionId);
        return agent;
      }
    }
    return null;
  }

  /** Long ids are not worth the memory: the session of such an agent is looked for again with each of its messages. */
  void note(String agentId, String sessionId) {
    if (agentId.length() + sessionId.length() <= MAX_CHARS) {
      adopters.put(agentId, sessionId);
    }
  }

  private static boolean mayList(SessionView session, AgentStatusUpdate update) {
    return !session.isEnded() || update.status().isFinal();
  }

  private static boolean lists(SessionView session, AgentStatusUpdate update) {
    int at = SessionAgents.indexOf(session.agents(), update);
    return at >= 0 && isSame(session.agents().get(at), update.agentId(), update.agentName());
  }

  /** Ids within sessions are numbers of the session's own, so that the name has to agree as well. */
  private static boolean isSame(AgentView agent, String id, String name) {
    return !name.isEmpty()
        && name.equals(agent.name())
        && (id.isEmpty() || agent.id().isEmpty() || id.equals(agent.id()));
  }
}
