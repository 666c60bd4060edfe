// What is true now, folded from messages. Everything is bounded: a page may stay open for weeks.

import {
  agentOf, collaborationOf, crewLineOf, isObject, logLineOf, numberOf, objectsOf, sessionOf, snapshotOf, textOf,
} from './wire.js';

export const BOUNDS = { agents: 100, sessions: 50, collaborations: 50, lines: 500 };

const OVER = new Set(['COMPLETED', 'FINISHED', 'ERROR', 'FAILED']);

/** Whether a session ended, well or not. */
export function isOver(session) {
  return OVER.has((session.status ?? '').toUpperCase());
}

export class Board {
  agents = new Map();
  sessions = new Map();
  totalSessions = 0;
  collaborations = [];
  lines = [];
  /** How many log lines and collaborations there ever were: numbers that identify them. */
  lineCount = 0;
  collaborationCount = 0;
  #keptLines = new Map();
  #agentCount = 0;

  /** Takes a message in; returns false if it is of no type that is known here, or lacks what it is about. */
  apply(message, now) {
    switch (message.type) {
      case 'active_sessions':
        return isObject(message.data) && this.#list(message.data);
      case 'agent_status':
        return this.#agent(agentOf(message), true);
      case 'agent_collaboration':
        return this.#collaboration(collaborationOf(message, now));
      case 'session_state':
      case 'session_started':
      case 'agent_status_update':
      case 'phase_update':
      case 'crew_output':
      case 'session_completed':
      case 'session_error':
        return isObject(message.state) && this.#snapshot(message.session_id, message.state);
      case 'session_not_found':
        this.sessions.delete(textOf(message.session_id));
        return true;
      case 'session_logs':
        objectsOf(message.logs).forEach((entry) => this.#line(logLineOf(message.session_id, entry), true));
        return Array.isArray(message.logs);
      case 'crewai_log':
        return isObject(message.log) && this.#line(crewLineOf(message), false);
      case 'ping':
      case 'log_streaming_started':
      case 'log_streaming_stopped':
        return true;
      default:
        return false;
    }
  }

  /** A connection begins: what is known comes from an earlier one until it is told again. */
  markEarlier() {
    this.agents.forEach((agent) => (agent.earlier = true));
  }

  #list(data) {
    const listed = objectsOf(data.sessions).map(sessionOf).filter((session) => session.id);
    const known = this.sessions;
    this.sessions = new Map();
    // The newest come last: they are the ones to keep.
    for (const session of listed.slice(-BOUNDS.sessions)) {
      this.sessions.set(session.id, { ...known.get(session.id), ...session });
    }
    this.totalSessions = numberOf(data.total_sessions) ?? listed.length;
    return true;
  }

  #snapshot(sessionId, state) {
    const session = snapshotOf(sessionId, state);
    if (!session.id) {
      return false;
    }
    const isNew = !this.sessions.has(session.id);
    this.sessions.set(session.id, { ...this.sessions.get(session.id), ...session });
    evict(this.sessions, BOUNDS.sessions);
    this.totalSessions = Math.max(this.totalSessions + (isNew ? 1 : 0), this.sessions.size);
    objectsOf(state.active_agents).forEach((entry) => this.#agent(agentOf(entry), false));
    return true;
  }

  /** One card for an agent in however many sessions: its id tells it apart where it is unique, else its name. */
  #agent(agent, hasOwnId) {
    if (!agent.name) {
      return false;
    }
    const known = this.#find(agent, hasOwnId);
    // A snapshot of one session may be behind what that of another one told. Agents' own clocks prove nothing.
    const snapshotTime = hasOwnId ? null : agent.time;
    if (snapshotTime !== null && known?.snapshotTime > snapshotTime) {
      return true;
    }
    // An answer leaves out what a task's agent says; while it does the same, its last word stands.
    const message = agent.message || (!hasOwnId && known?.status === agent.status ? known.message : '');
    const id = hasOwnId ? agent.id : (known?.id ?? '');
    const key = known?.key ?? `agent-${++this.#agentCount}`;
    // Set anew, so that who was heard last comes last when one has to go.
    const order = known?.order ?? this.#agentCount;
    this.agents.delete(key);
    this.agents.set(key, { ...agent, message, snapshotTime, id, key, order, earlier: false });
    evict(this.agents, BOUNDS.agents);
    return true;
  }

  #find(agent, hasOwnId) {
    let namesake;
    for (const known of this.agents.values()) {
      if (hasOwnId && agent.id && known.id === agent.id) {
        return known;
      }
      if (known.name === agent.name && !(hasOwnId && agent.id && known.id)) {
        namesake = known;
      }
    }
    return namesake;
  }

  #collaboration(collaboration) {
    this.collaborations.push({ ...collaboration, number: ++this.collaborationCount });
    this.collaborations.splice(0, this.collaborations.length - BOUNDS.collaborations);
    return true;
  }

  /** Answers repeat lines that a stream has brought already, and bring late what came before the stream. */
  #line(line, mayRepeat) {
    const key = JSON.stringify([line.session, line.time, line.level, line.source, line.message]);
    if (mayRepeat && line.time !== null && this.#keptLines.has(key)) {
      return true;
    }
    this.#keptLines.set(key, (this.#keptLines.get(key) ?? 0) + 1);
    let at = this.lines.length;
    while (at > 0 && isLater(this.lines[at - 1], line)) {
      at--;
    }
    this.lines.splice(at, 0, { ...line, key, number: ++this.lineCount });
    for (const old of this.lines.splice(0, this.lines.length - BOUNDS.lines)) {
      const left = this.#keptLines.get(old.key) - 1;
      if (left > 0) {
        this.#keptLines.set(old.key, left);
      } else {
        this.#keptLines.delete(old.key);
      }
    }
    return true;
  }
}

/** Only lines of one session share a clock. */
function isLater(line, other) {
  return line.session === other.session && line.time !== null && other.time !== null && line.time > other.time;
}

function evict(map, bound) {
  while (map.size > bound) {
    map.delete(map.keys().next().value);
  }
}
