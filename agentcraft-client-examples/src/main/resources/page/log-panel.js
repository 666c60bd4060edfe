// The log: its newest lines, from a level upwards, at the end unless the reader has scrolled back.

import { KeyedList, byId, make, makeText, setAttribute, setText, timeOfDay } from './dom.js';

const RANKS = {
  TRACE: 0, DEBUG: 0, INFO: 1, NOTICE: 1, WARN: 2, WARNING: 2, ERROR: 3, CRITICAL: 3, FATAL: 3,
};
const KINDS = ['debug', 'info', 'warning', 'error'];

/** A line without a level, or with one that nobody knows, counts as information. */
function rankOf(line) {
  return Object.hasOwn(RANKS, line.level) ? RANKS[line.level] : 1;
}

export class LogPanel {
  #box = byId('log');
  #level = byId('level');
  #follow = byId('follow');
  #top = 0;
  #list = new KeyedList(byId('log-lines'), () => {
    const row = make('li', 'line');
    row.append(make('time'), makeText('span', 'level'), makeText('span', 'source'), makeText('span', 'text'));
    return row;
  });

  constructor(onChange) {
    this.#level.addEventListener('change', onChange);
    this.#follow.addEventListener('change', () => this.#scroll());
    this.#box.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#scroll()).observe(this.#box);
  }

  show(board) {
    const least = Number(this.#level.value);
    const shown = board.lines.filter((line) => rankOf(line) >= least);
    this.#list.show(shown, (line) => line.number, (row, line) => {
      // A line never changes.
      if (row.dataset.kind) {
        return;
      }
      setAttribute(row, 'data-kind', KINDS[rankOf(line)]);
      setText(row.querySelector('time'), timeOfDay(line.time));
      setText(row.querySelector('.level'), line.level || '–');
      setText(row.querySelector('.source'), line.source);
      setText(row.querySelector('.text'), line.message);
      row.title = line.session;
    });
    const all = board.lines.length;
    setText(byId('log-count'), all === 0 ? '' : shown.length === all ? `${all}` : `${shown.length} of ${all}`);
    setText(byId('log-empty'), all === 0 ? 'No log line yet.' : 'No line of this level.');
    byId('log-empty').hidden = shown.length > 0;
    this.#scroll();
  }

  #scroll() {
    if (this.#follow.checked) {
      this.#box.scrollTop = this.#box.scrollHeight;
    }
    this.#top = this.#box.scrollTop;
  }

  /** Whoever scrolls back wants to read; whoever returns to the end wants to follow. */
  #scrolled() {
    if (this.#box.scrollTop !== this.#top) {
      this.#top = this.#box.scrollTop;
      this.#follow.checked = this.#box.scrollHeight - this.#top - this.#box.clientHeight < 4;
    }
  }
}
