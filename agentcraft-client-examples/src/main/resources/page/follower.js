// What the page asks the server for: the log of one session as it happens, and the state of those that run.

import { isOver } from './board.js';

/** The server takes 60 frames a minute, and drops the rest without a word; pongs need their share. */
const FRAMES_PER_MINUTE = 40;
const SESSIONS_ASKED = 10;

export class Follower {
  #send;
  /** What was known of a session when its state was asked for. */
  #asked = new Map();
  #sent = [];
  #streamed = null;
  #isFirst = true;

  /** Makes one that sends with this function, which returns whether the message went out. */
  constructor(send) {
    this.#send = send;
  }

  /** A connection begins: the server knows nothing of what the last one asked for. */
  reset() {
    this.#asked.clear();
    this.#sent = [];
    this.#isFirst = true;
  }

  /** Asks for what is missing, given the sessions, oldest first. The server knows nothing of those that a program publishes. */
  follow(all) {
    const sessions = all.filter((session) => session.isListed);
    const ids = new Set(sessions.map((session) => session.id));
    [...this.#asked.keys()].filter((id) => !ids.has(id)).forEach((id) => this.#asked.delete(id));
    const running = sessions.filter((session) => !isOver(session));
    const choice = running.some((session) => session.id === this.#streamed)
      ? this.#streamed
      : (running.at(-1)?.id ?? this.#streamed ?? sessions.at(-1)?.id ?? null);
    const isStreamed = sessions.some((session) => session.id === choice && session.isStreamed);
    if (choice !== null && (this.#isFirst || choice !== this.#streamed)) {
      // First the stream, then what was before it: so no line is lost between the two.
      if ((!isStreamed || this.#ask('start_log_streaming', choice)) && this.#ask('get_session_logs', choice)) {
        this.#streamed = choice;
        this.#isFirst = false;
      }
    }
    // The last state of a session that is followed tells its output, and why it failed.
    const ended = sessions.filter((session) => isOver(session) && this.#asked.has(session.id) && session.isStreamed);
    for (const session of [...running.slice(-SESSIONS_ASKED), ...ended]) {
      // A list tells no progress in the documented form: its changes are a reason to ask again.
      const known = `${session.status} ${session.agents}`;
      if (this.#asked.get(session.id) !== known && this.#ask('get_session_state', session.id)) {
        this.#asked.set(session.id, known);
      }
    }
  }

  #ask(type, sessionId) {
    const now = performance.now();
    this.#sent = this.#sent.filter((at) => now - at < 60_000);
    if (this.#sent.length >= FRAMES_PER_MINUTE || !this.#send({ type, session_id: sessionId })) {
      return false;
    }
    this.#sent.push(now);
    return true;
  }
}
