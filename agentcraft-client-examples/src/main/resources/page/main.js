// The page: frames in, one board, drawn at most ten times a second as the protocol's document advises.

import { Board } from './board.js';
import { Connection } from './connection.js';
import { byId, setText } from './dom.js';
import { Follower } from './follower.js';
import { Indicator } from './indicator.js';
import { LogPanel } from './log-panel.js';
import { AgentsPanel, CollaborationsPanel, SessionsPanel } from './panels.js';
import { parse } from './wire.js';

const BETWEEN_DRAWINGS = 100;

const board = new Board();
const counts = { messages: 0, skipped: 0 };
const follower = new Follower((message) => connection.send(message));
const indicator = new Indicator(() => connection.start());
const panels = [new AgentsPanel(), new SessionsPanel(), new CollaborationsPanel(), new LogPanel(drawSoon)];
let drawing = null;

const connection = new Connection({
  host: location.host,
  secure: location.protocol === 'https:',
  base: parameter('backoffMillis', 1_000),
  silence: parameter('silenceMillis', 45_000),
  onState(state) {
    if (state.status === 'connected') {
      follower.reset();
      board.markEarlier();
    }
    indicator.set(state);
    drawSoon();
  },
  onText(text) {
    const message = text === null ? null : parse(text);
    if (message?.type === 'ping') {
      connection.send({ type: 'pong' });
    }
    counts.messages += 1;
    if (message === null || !board.apply(message, Date.now())) {
      counts.skipped += 1;
    } else if (message.type === 'active_sessions' || message.type === 'session_started') {
      follower.follow([...board.sessions.values()]);
    } else if (message.type === 'agent_collaboration') {
      const { from, to, reason } = board.collaborations.at(-1);
      indicator.announce(`${from} with ${to}: ${reason}`);
    }
    drawSoon();
  },
});

/** For tests, which can't wait: a time in milliseconds that is shorter than usual. */
function parameter(name, usual) {
  const value = Number(new URLSearchParams(location.search).get(name));
  return value >= 1 && value < usual ? value : usual;
}

function drawSoon() {
  drawing ??= setTimeout(() => {
    drawing = null;
    panels.forEach((panel) => panel.show(board));
    setText(byId('traffic'), counts.messages === 0 ? 'No message yet'
      : `${counts.messages} messages${counts.skipped ? `, ${counts.skipped} of them not understood` : ''}`);
  }, BETWEEN_DRAWINGS);
}

setText(byId('server'), connection.origin);
setInterval(() => indicator.show(), 500);
// A page that the browser keeps for the back button must not hold a connection.
addEventListener('pagehide', () => connection.stop());
addEventListener('pageshow', (event) => event.persisted && connection.start());
connection.start();
