// What is true now, folded from messages. Everything is bounded: a page may stay open for weeks.

import {
  agentOf, collaborationOf, crewLineOf, isObject, logLineOf, numberOf, objectsOf, outcomeOf, sessionOf, sessionOfStatus,
  snapshotOf, textOf,
} from './wire.js';

export const BOUNDS = { agents: 100, sessions: 50, collaborations: 50, lines: 500 };

const OVER = new Set(['COMPLETED', 'FINISHED', 'ERROR', 'FAILED', 'CANCELLED']);
const AGENT_AT_REST = new Set(['IDLE', 'COMPLETED', 'ERROR']);

/** How many of the last live lines are compared with a new one. */
const LINES_COMPARED = 64;

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
  #latestLogged = [];
  #agentCount = 0;

  /** Takes a message in; returns false if it is of no type that is known here, or lacks what it is about. */
  apply(message, now) {
    switch (message.type) {
      case 'active_sessions':
        return isObject(message.data) && this.#list(message.data);
      case 'agent_status':
        return this.#status(message);
      case 'agent_collaboration':
        return this.#collaboration(collaborationOf(message, now));
      case 'session_state':
      case 'session_started':
      case 'agent_status_update':
      case 'phase_update':
      case 'crew_output':
      case 'session_completed':
      case 'session_complete':
      case 'session_error':
        return isObject(message.state) && this.#snapshot(message.session_id, message.state, outcomeOf(message));
      case 'session_not_found':
        if (this.sessions.get(textOf(message.session_id))?.isListed) {
          this.sessions.delete(textOf(message.session_id));
        }
        return true;
      case 'session_logs':
        objectsOf(message.logs).forEach((entry) => this.#line(logLineOf(message.session_id, entry), true));
        return Array.isArray(message.logs);
      case 'crewai_log':
        return isObject(message.log) && this.#liveLine(crewLineOf(message));
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
    // No list has what a program publishes.
    this.sessions = new Map([...known].filter(([, session]) => !session.isListed));
    // The newest come last: they are the ones to keep.
    for (const session of listed.slice(-BOUNDS.sessions)) {
      this.sessions.set(session.id, { ...known.get(session.id), ...session });
    }
    evict(this.sessions, BOUNDS.sessions);
    this.totalSessions = (numberOf(data.total_sessions) ?? listed.length) + this.#published();
    return true;
  }

  #published() {
    return [...this.sessions.values()].filter((session) => !session.isListed && !isOver(session)).length;
  }

  #status(message) {
    const session = sessionOfStatus(message.metadata);
    if (session !== null) {
      this.#session(session);
    }
    return this.#agent({ ...agentOf(message), session: session?.id ?? '' }, true);
  }

  #session(session) {
    const known = this.sessions.get(session.id);
    this.sessions.set(session.id, { ...known, ...session });
    evict(this.sessions, BOUNDS.sessions);
    this.totalSessions = Math.max(this.totalSessions + (known ? 0 : 1), this.sessions.size);
  }

  #snapshot(sessionId, state, outcome = null) {
    const session = snapshotOf(sessionId, state);
    if (!session.id) {
      return false;
    }
    if (outcome !== null) {
      session.status = isOver(session) ? session.status : outcome.status.toLowerCase();
      session.latest = outcome.reason || session.latest;
    }
    this.#session(session);
    for (const entry of objectsOf(state.active_agents)) {
      const agent = agentOf(entry);
      // The end of a session is the end of its agents.
      const status = outcome !== null && !AGENT_AT_REST.has(agent.status) ? outcome.status : agent.status;
      this.#agent({ ...agent, status, session: session.id }, false);
    }
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

  #liveLine(line) {
    if (line.logged !== null) {
      const at = this.#latestLogged.indexOf(line.logged);
      if (at >= 0) {
        this.#latestLogged.splice(at, 1);
        return true;
      }
      this.#latestLogged.push(line.logged);
      this.#latestLogged.splice(0, this.#latestLogged.length - LINES_COMPARED);
    }
    return this.#line(line, false);
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
