// The few ways in which this page touches its document. A server's text only ever becomes a text node.

export function byId(id) {
  return document.getElementById(id);
}

export function make(tag, className = '', text = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** An element for text from the server, which may be written in any direction. */
export function makeText(tag, className = '') {
  const element = make(tag, className);
  element.dir = 'auto';
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** A progress bar that shows a percentage, or is hidden while there is none. */
export function makeBar() {
  const bar = make('div', 'bar');
  bar.append(make('div', 'fill'));
  setAttribute(bar, 'role', 'progressbar');
  setAttribute(bar, 'aria-valuemin', '0');
  setAttribute(bar, 'aria-valuemax', '100');
  return bar;
}

export function setBar(bar, label, percent) {
  bar.hidden = percent === null;
  if (percent !== null) {
    const rounded = Math.round(percent);
    setAttribute(bar, 'aria-label', label);
    setAttribute(bar, 'aria-valuenow', String(rounded));
    setAttribute(bar, 'aria-valuetext', `${rounded} %`);
    bar.firstChild.style.width = `${percent}%`;
  }
}

/** The kinds of status that have a colour of their own. */
const KINDS = new Set(['idle', 'analyzing', 'processing', 'collaborating', 'completed', 'error']);
const SAME_KIND = { completing: 'processing', finished: 'completed', failed: 'error', running: 'processing' };

export function kindOf(status) {
  const word = status.toLowerCase();
  return KINDS.has(word) ? word : (Object.hasOwn(SAME_KIND, word) ? SAME_KIND[word] : 'other');
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The reader's time of day; a monotonic reading has none. */
export function timeOfDay(millis) {
  // Dates end at ±8.64e15: beyond them format() throws.
  return millis === null || Math.abs(millis) > 8.64e15 ? '--:--:--' : TIME.format(millis);
}

/**
 * Makes a list show its items: keeps the element of each key, makes and removes others, and moves only what is out of
 * order, so that focus, selection and scroll position stay.
 */
export class KeyedList {
  #parent;
  #make;
  #elements = new Map();

  constructor(parent, makeElement) {
    this.#parent = parent;
    this.#make = makeElement;
  }

  /** Shows the items; update(element, item) fills one in. */
  show(items, keyOf, update) {
    const keys = new Set(items.map(keyOf));
    for (const [key, element] of this.#elements) {
      if (!keys.has(key)) {
        element.remove();
        this.#elements.delete(key);
      }
    }
    let next = this.#parent.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      let element = this.#elements.get(key);
      if (!element) {
        element = this.#make();
        this.#elements.set(key, element);
      }
      update(element, item);
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.#parent.insertBefore(element, next);
      }
    }
  }
}
