// Agents, sessions and collaborations on the page.

import { KeyedList, byId, kindOf, make, makeBar, makeText, setAttribute, setBar, setText, timeOfDay } from './dom.js';
import { isOver } from './board.js';

export class AgentsPanel {
  #list = new KeyedList(byId('agents'), () => {
    const card = make('li', 'card');
    const head = make('div', 'card-head');
    head.append(makeText('h3', 'name'), makeText('span', 'chip'));
    const foot = make('div', 'progress');
    foot.append(makeBar(), make('span', 'percent'));
    card.append(head, makeText('p', 'message'), foot, make('p', 'note muted', 'Last heard of before the reconnect'));
    return card;
  });

  show(board) {
    const agents = [...board.agents.values()].sort((a, b) => a.order - b.order);
    byId('agents-empty').hidden = agents.length > 0;
    const busy = agents.filter((agent) => !['idle', 'completed', 'error'].includes(kindOf(agent.status))).length;
    setText(byId('agents-count'), agents.length ? `${agents.length}, ${busy} at work` : '');
    this.#list.show(agents, (agent) => agent.key, (card, agent) => {
      setAttribute(card, 'data-kind', kindOf(agent.status));
      card.classList.toggle('earlier', agent.earlier);
      setText(card.querySelector('.name'), agent.name);
      setText(card.querySelector('.chip'), agent.status || 'no status');
      const details = agent.details && agent.details !== agent.message ? agent.details : '';
      setText(card.querySelector('.message'), agent.message && details ? `${agent.message} (${details})` : agent.message || details);
      setText(card.querySelector('.percent'), agent.progress === null ? '' : `${Math.round(agent.progress)} %`);
      setBar(card.querySelector('.bar'), `Progress of ${agent.name}`, agent.progress);
      card.querySelector('.note').hidden = !agent.earlier;
    });
  }
}

export class SessionsPanel {
  #list = new KeyedList(byId('sessions'), () => {
    const row = make('li', 'row');
    const head = make('div', 'card-head');
    head.append(makeText('span', 'name'), makeText('span', 'chip'));
    const foot = make('div', 'progress');
    foot.append(makeBar(), make('span', 'percent'));
    row.append(head, makeText('p', 'detail muted'), foot);
    return row;
  });

  show(board) {
    const sessions = [...board.sessions.values()].reverse();
    const ordered = [...sessions.filter((one) => !isOver(one)), ...sessions.filter(isOver)];
    byId('sessions-empty').hidden = ordered.length > 0;
    byId('sessions').hidden = ordered.length === 0;
    const more = board.totalSessions - ordered.length;
    setText(byId('sessions-count'), more > 0 ? `${ordered.length} of ${board.totalSessions}` : String(ordered.length || ''));
    this.#list.show(ordered, (session) => session.id, (row, session) => {
      const status = session.status ?? '';
      const crew = session.agents === null || session.agents === undefined
        ? '' : `${session.agents} ${session.agents === 1 ? 'agent' : 'agents'}`;
      setAttribute(row, 'data-kind', kindOf(status));
      setText(row.querySelector('.name'), session.query || session.id);
      setText(row.querySelector('.chip'), status.replaceAll('_', ' ') || 'no status');
      setText(row.querySelector('.detail'), [session.query ? session.id : '', crew, session.latest].filter(Boolean).join(' · '));
      const progress = isOver(session) ? null : (session.progress ?? null);
      setText(row.querySelector('.percent'), progress === null ? '' : `${Math.round(progress)} %`);
      setBar(row.querySelector('.bar'), `Progress of ${session.id}`, progress);
      row.querySelector('.progress').hidden = progress === null;
    });
  }
}

export class CollaborationsPanel {
  #list = new KeyedList(byId('collaborations'), () => {
    const row = make('li', 'row collaboration');
    const head = make('div', 'card-head');
    const pair = make('span', 'pair');
    const arrow = make('span', 'arrow', '→');
    setAttribute(arrow, 'role', 'img');
    setAttribute(arrow, 'aria-label', 'with');
    pair.append(makeText('span', 'name from'), arrow, makeText('span', 'name to'));
    head.append(pair, make('time', 'muted'));
    const what = make('p', 'detail');
    what.append(makeText('span', 'kind muted'), makeText('span', 'reason'));
    row.append(head, what);
    return row;
  });

  show(board) {
    const newestFirst = [...board.collaborations].reverse();
    byId('collaborations-empty').hidden = newestFirst.length > 0;
    byId('collaborations').hidden = newestFirst.length === 0;
    this.#list.show(newestFirst, (one) => one.number, (row, one) => {
      setText(row.querySelector('.from'), one.from);
      setText(row.querySelector('.to'), one.to);
      setText(row.querySelector('time'), timeOfDay(one.time));
      setText(row.querySelector('.kind'), one.kind);
      setText(row.querySelector('.reason'), one.reason);
    });
  }
}
