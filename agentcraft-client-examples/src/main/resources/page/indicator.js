// The connection as one sees it, and what is said aloud: calmly, since a screen reader interrupts.

import { byId, setAttribute, setText } from './dom.js';

const WORDS = {
  connected: 'Connected',
  connecting: 'Connecting…',
  disconnected: 'Disconnected',
  error: 'Connection Error',
};

const BETWEEN_ANNOUNCEMENTS = 3_000;
const MAX_SPOKEN = 200;

export class Indicator {
  #announcer = new Announcer(byId('announcer'));
  #state = { status: 'disconnected', attempt: 0, nextAt: null, reason: null };
  #said = null;

  constructor(onRetry) {
    byId('retry').addEventListener('click', onRetry);
  }

  set(state) {
    this.#state = state;
    // Attempts that come and go are shown, not said.
    const said = state.status === 'connecting' ? this.#said : state.status;
    if (said !== this.#said) {
      this.#said = said;
      this.#announcer.say(state.status === 'error' ? `${WORDS.error}. Gave up; there is a button to try again.` : WORDS[said]);
    }
    // The button goes: whoever pressed it by keyboard must not fall back to the top of the page.
    if (state.status !== 'error' && document.activeElement === byId('retry')) {
      byId('log').focus({ preventScroll: true });
    }
    byId('retry').hidden = state.status !== 'error';
    this.show();
  }

  /** Shows how long it is until the next attempt. */
  show() {
    const { status, attempt, nextAt, reason } = this.#state;
    setAttribute(byId('connection'), 'data-status', status);
    setText(byId('connection-text'), WORDS[status]);
    setText(byId('connection-detail'), detail(status, attempt, nextAt, reason));
  }

  announce(text) {
    this.#announcer.say(text.length > MAX_SPOKEN ? `${text.slice(0, MAX_SPOKEN)}…` : text);
  }
}

function detail(status, attempt, nextAt, reason) {
  if (status === 'error') {
    return `(${reason}; gave up after ${attempt === 1 ? '1 attempt' : `${attempt} attempts`})`;
  }
  if (attempt === 0) {
    return '';
  }
  const seconds = nextAt === null ? 0 : Math.ceil((nextAt - performance.now()) / 1000);
  return seconds > 0 ? `(Attempt ${attempt} in ${seconds} s)` : `(Attempt ${attempt})`;
}

/** Says the newest of what there is to say, and not more often than one can hear. */
class Announcer {
  #region;
  #waiting = null;
  #busy = false;

  constructor(region) {
    this.#region = region;
  }

  say(text) {
    if (this.#busy) {
      this.#waiting = text;
      return;
    }
    this.#busy = true;
    setText(this.#region, text);
    setTimeout(() => {
      this.#busy = false;
      const next = this.#waiting;
      this.#waiting = null;
      if (next !== null) {
        this.say(next);
      }
    }, BETWEEN_ANNOUNCEMENTS);
  }
}
