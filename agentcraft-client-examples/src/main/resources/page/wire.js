// What goes over the wire, in the documented and in the deployed form, as plain values. Nothing here trusts the server:
// every value may be missing, null or of another type.

/** Longer texts are cut: the page keeps many of them. */
const MAX_TEXT = 2_000;
const MAX_STATUS = 60;

/** Smaller numbers are readings of the server's monotonic clock, which no wall clock knows. */
const FIRST_EPOCH_SECOND = 1e9;

/** Reads a frame; returns null if it is not a JSON object with a type. */
export function parse(text) {
  try {
    const message = JSON.parse(text);
    return isObject(message) && typeof message.type === 'string' ? message : null;
  } catch {
    return null;
  }
}

export function textOf(value) {
  if (typeof value === 'string') {
    return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function numberOf(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A percentage within 0 to 100, or null if there is none. */
export function percentOf(value) {
  const number = numberOf(value);
  return number === null ? null : Math.max(0, Math.min(100, number));
}

/** A status in the document's words; one that nobody knows keeps its own. */
export function statusOf(value) {
  const status = textOf(value).trim().slice(0, MAX_STATUS).toUpperCase();
  return status === 'FINISHED' ? 'COMPLETED' : status;
}

/** The time in epoch milliseconds, or null if the text or number has no instant. A text without a zone is in UTC. */
export function timeOf(value) {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= FIRST_EPOCH_SECOND ? value * 1000 : null;
  }
  if (typeof value !== 'string') {
    return null;
  }
  // Python writes microseconds, which Date.parse need not read.
  const iso = value.trim().replace(/(\.\d{3})\d+/, '$1');
  const millis = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(millis) ? null : millis;
}

/** An entry of active_sessions. */
export function sessionOf(entry) {
  const session = {
    id: textOf(entry.session_id),
    status: textOf(entry.status) || textOf(entry.phase),
    isListed: true,
    // In the deployed form, which has a phase, asking for a stream would relabel the log lines of everybody.
    isStreamed: !textOf(entry.phase),
    agents: numberOf(entry.agents_active) ?? numberOf(entry.agents),
  };
  // The documented entry has no progress, the deployed one no query: what is known already stays.
  withKnown(session, 'query', textOf(entry.query) || null);
  withKnown(session, 'progress', percentOf(entry.progress));
  return session;
}

/** The state of a session_state, or of an event of the deployed form. */
export function snapshotOf(sessionId, state) {
  const session = { id: textOf(sessionId) || textOf(state.session_id) };
  withKnown(session, 'query', textOf(state.query) || null);
  withKnown(session, 'status', textOf(state.current_phase) || null);
  withKnown(session, 'progress', percentOf(state.overall_progress));
  withKnown(session, 'agents', numberOf(state.total_agents));
  withKnown(session, 'latest', latestOf(state.crew_output));
  return session;
}

/** What the agent_status of an agent tells of its session, or null if it names none. */
export function sessionOfStatus(metadata) {
  if (!isObject(metadata) || !textOf(metadata.session_id)) {
    return null;
  }
  const session = { id: textOf(metadata.session_id) };
  withKnown(session, 'query', textOf(metadata.session_query) || null);
  withKnown(session, 'status', endOf(metadata.session_status) || textOf(metadata.session_phase) || null);
  withKnown(session, 'latest', textOf(metadata.session_result) || textOf(metadata.session_error) || latestOf(metadata.session_output));
  return session;
}

/** How a message ends a session: its status and the reason; null if it does not. */
export function outcomeOf(message) {
  const data = isObject(message.data) ? message.data : {};
  switch (message.type) {
    case 'session_completed':
    case 'session_complete':
      return { status: 'COMPLETED', reason: textOf(data.result) };
    case 'session_error':
      return { status: 'ERROR', reason: textOf(data.error) };
    default:
      return null;
  }
}

/** A session that an agent tells of is active until it says how it ended. */
function endOf(status) {
  const word = textOf(status).toLowerCase();
  return word === 'active' ? '' : word;
}

/** The newest output, which may be any JSON, as text; null if there is none. */
function latestOf(output) {
  const entry = Array.isArray(output) ? output.at(-1) : undefined;
  if (!isObject(entry)) {
    return textOf(entry) || null;
  }
  return [entry.agent, entry.type, entry.content ?? entry.text].map(textOf).filter(Boolean).join(': ') || null;
}

/** The details of an agent: text, or an object of which each field is told. */
function detailsOf(details) {
  return isObject(details)
    ? Object.entries(details).map(([name, value]) => (name === 'error' ? textOf(value) : `${name}: ${textOf(value)}`)).join(', ')
    : textOf(details);
}

/** An agent_status, or an entry of active_agents (whose ids are unique within their session only). */
export function agentOf(entry) {
  return {
    id: textOf(entry.agent_id),
    name: textOf(entry.agent_name) || textOf(entry.agent_id),
    status: statusOf(entry.status),
    progress: percentOf(entry.progress),
    message: textOf(entry.message) || textOf(entry.current_task),
    details: detailsOf(entry.details ?? entry.metadata?.details),
    time: timeOf(entry.timestamp ?? entry.updated_at),
  };
}

export function collaborationOf(message, now) {
  return {
    from: textOf(message.primary_agent),
    to: textOf(message.secondary_agent),
    kind: textOf(message.collaboration_type),
    reason: textOf(message.reason),
    time: timeOf(message.timestamp) ?? now,
  };
}

/** An entry of session_logs. The deployed form has activities instead of levels and messages. */
export function logLineOf(sessionId, entry) {
  const activity = [textOf(entry.status), textOf(entry.task), textOf(entry.details)];
  return {
    session: textOf(sessionId),
    time: timeOf(entry.timestamp),
    level: textOf(entry.level).toUpperCase(),
    source: textOf(entry.agent),
    message: textOf(entry.message) || activity.filter(Boolean).join(' · ') || textOf(entry.type),
  };
}

/** The log of a crewai_log. */
export function crewLineOf(message) {
  const log = message.log;
  return {
    session: textOf(log.session_id),
    // Two handlers of the backend send each line of a crew: with this, it is told once.
    logged: log.datetime ? JSON.stringify([log.datetime, log.logger, log.message]) : null,
    time: timeOf(log.timestamp) ?? timeOf(log.datetime) ?? timeOf(message.timestamp),
    level: textOf(log.level).toUpperCase(),
    source: textOf(log.agent_info?.agent_name) || textOf(log.logger) || textOf(log.source),
    message: textOf(log.raw_message) || textOf(log.message) || textOf(log.event_type),
  };
}

export function objectsOf(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withKnown(target, name, value) {
  if (value !== null) {
    target[name] = value;
  }
}
