// One WebSocket at a time to the server that this page came from, and its return after a loss.

import { MAX_ATTEMPTS, delayBefore, isFinal } from './backoff.js';

/** As documented, and as the deployed backend mounts it. Which one answers is found out, and kept. */
const PATHS = ['/ws/agent-tracking', '/api/ws/agent-tracking'];

const HANDSHAKE_MILLIS = 15_000;
const LIVENESS_CHECKS = 4;

/** A new id for every connection: with an old one the deployed backend may never answer. */
export function newClientId() {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  // 252 is the largest multiple of 36 in a byte: above it some letters would come more often.
  let random = '';
  while (random.length < 9) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 252) {
      random += letters[byte % letters.length];
    }
  }
  return `client_${Date.now()}_${random}`;
}

/**
 * Tells onState what the state is: status (connected, connecting, disconnected or error), attempt (0 when connected or
 * at the first try), nextAt (by performance.now(), or null), reason (or null). Tells onText each text frame.
 */
export class Connection {
  #base;
  #silence;
  #onState;
  #onText;
  #socket = null;
  #paths = PATHS;
  #failures = 0;
  #lastTraffic = 0;
  #timers = new Map();

  constructor({ host, secure, base, silence, onState, onText }) {
    this.origin = `${secure ? 'wss' : 'ws'}://${host}`;
    this.#base = base;
    this.#silence = silence;
    this.#onState = onState;
    this.#onText = onText;
  }

  /** Connects, with all attempts ahead again. */
  start() {
    this.stop();
    this.#failures = 0;
    this.#paths = PATHS;
    this.#open(0);
  }

  /** Ends the connection and all plans for another one, without a word to onState. */
  stop() {
    for (const name of [...this.#timers.keys()]) {
      this.#cancel(name);
    }
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Sends a message as JSON; returns false if there is no open connection. */
  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(message));
    this.#lastTraffic = performance.now();
    return true;
  }

  #open(pathIndex) {
    this.#tell('connecting', { attempt: this.#failures });
    const path = this.#paths[pathIndex];
    const socket = new WebSocket(`${this.origin}${path}/${newClientId()}`);
    this.#socket = socket;
    // What an older socket still has to say changes nothing.
    let opened = false;
    const current = (handle) => (event) => {
      if (this.#socket === socket) {
        handle(event);
      }
    };
    this.#after('handshake', HANDSHAKE_MILLIS, () => this.#drop('no answer to the handshake'));
    socket.addEventListener('open', current(() => {
      opened = true;
      this.#opened(path);
    }));
    socket.addEventListener('message', current((event) => this.#received(event.data)));
    socket.addEventListener('close', current((event) => {
      if (!opened && pathIndex + 1 < this.#paths.length) {
        this.#cancel('handshake');
        this.#open(pathIndex + 1);
      } else {
        this.#lost(opened && isFinal(event.code), reasonOf(event, opened));
      }
    }));
  }

  #opened(path) {
    this.#cancel('handshake');
    this.#paths = [path];
    this.#lastTraffic = performance.now();
    this.#watch();
    this.#tell('connected', { attempt: 0 });
  }

  #received(data) {
    this.#lastTraffic = performance.now();
    // The count starts anew only for a connection that holds: a server that accepts and drops must not be hammered.
    if (this.#failures > 0 && !this.#timers.has('stable')) {
      this.#after('stable', this.#base * 5, () => (this.#failures = 0));
    }
    this.#onText(typeof data === 'string' ? data : null);
  }

  /** The server pings after 30 s: who hears and says nothing for 45 s is alone. */
  #watch() {
    this.#after('liveness', this.#silence / LIVENESS_CHECKS, () => {
      if (performance.now() - this.#lastTraffic > this.#silence) {
        this.#drop('the server fell silent');
      } else {
        this.#watch();
      }
    });
  }

  #drop(reason) {
    const socket = this.#socket;
    this.#socket = null;
    socket.close();
    this.#lost(false, reason);
  }

  #lost(final, reason) {
    this.stop();
    this.#failures += 1;
    if (final || this.#failures > MAX_ATTEMPTS) {
      this.#tell('error', { attempt: this.#failures - 1, reason });
      return;
    }
    const wait = delayBefore(this.#failures, this.#base);
    this.#tell('disconnected', {
      attempt: this.#failures,
      nextAt: performance.now() + wait,
      reason,
    });
    this.#after('attempt', wait, () => this.#open(0));
  }

  #tell(status, { attempt, nextAt = null, reason = null }) {
    this.#onState({ status, attempt, nextAt, reason });
  }

  #after(name, millis, run) {
    this.#cancel(name);
    this.#timers.set(name, setTimeout(() => {
      this.#timers.delete(name);
      run();
    }, millis));
  }

  #cancel(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

function reasonOf(event, opened) {
  if (!opened) {
    return 'no connection could be made';
  }
  return event.code === 1006 ? 'the connection broke' : `closed by the server with ${event.code}`;
}
