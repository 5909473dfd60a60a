// What depends on what: five lists side by side, and lines between them. The lists are the graph's own alternative.

import {badge, bits, code, count, element, shape, show} from './dom.js';

const COLUMNS = ['Sessions', 'Files', 'File handlers', 'FLBs', 'Modules'];
const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
/** Files of one session that are shown; the table has all. */
const FILES_SHOWN = 6;

export class Graph {
  #part;
  #details;
  #nodes = new Map();
  #edges = [];
  #lines = shape('svg', {'aria-hidden': 'true', class: 'lines'});
  #selected = null;

  constructor(part, details) {
    this.#part = part;
    this.#details = details;
    new ResizeObserver(() => this.draw()).observe(part);
    part.addEventListener('keydown', event => this.#key(event));
  }

  show(state) {
    this.#nodes = new Map();
    this.#edges = [];
    modules(state, this);
    flbs(state, this);
    handlers(state, this);
    sessions(state, this);
    if (!this.#nodes.has(this.#selected)) {
      this.#selected = null;
    }
    show(this.#part, this.#lines, ...COLUMNS.map((title, column) => this.#column(title, column)));
    this.#mark();
    this.draw();
  }

  node(key, node) {
    this.#nodes.set(key, {key, ...node});
    return this;
  }

  has(key) {
    return this.#nodes.has(key);
  }

  edge(from, to) {
    this.#edges.push([from, to]);
    return this;
  }

  #column(title, column) {
    const nodes = [...this.#nodes.values()].filter(node => node.column === column);
    const total = nodes.reduce((sum, node) => sum + (node.stands ?? 1), 0);
    return element('div', {class: 'column'}, element('h3', {}, title, ' ', element('span', {class: 'count'}, total)),
      nodes.length === 0 ? element('p', {class: 'none'}, 'none')
        : element('ul', {}, ...nodes.map(node => element('li', {}, this.#card(node)))));
  }

  #card(node) {
    const card = element('button', {type: 'button', class: 'card ' + (node.tone ?? ''), 'data-key': node.key,
      'aria-pressed': 'false'}, element('span', {class: 'title'}, node.title),
      element('span', {class: 'note'}, node.note), ...(node.states ?? []).map(([state, side]) => badge(state, side)));
    card.addEventListener('click', () => this.#select(this.#selected === node.key ? null : node.key));
    return card;
  }

  #select(key) {
    this.#selected = key;
    this.#mark();
    this.draw();
  }

  /** What the selected one depends on, to the right, and what depends on it, to the left. */
  #related() {
    const related = new Set([this.#selected]);
    for (const [near, far] of [[0, 1], [1, 0]]) {
      const open = [this.#selected];
      while (open.length > 0) {
        const key = open.pop();
        for (const edge of this.#edges.filter(candidate => candidate[near] === key)) {
          related.add(edge[far]);
          open.push(edge[far]);
        }
      }
    }
    return related;
  }

  #mark() {
    const related = this.#selected ? this.#related() : null;
    for (const card of this.#part.querySelectorAll('.card')) {
      card.setAttribute('aria-pressed', String(card.dataset.key === this.#selected));
      card.classList.toggle('dim', related !== null && !related.has(card.dataset.key));
    }
    const node = this.#nodes.get(this.#selected);
    show(this.#details, node ? element('dl', {}, element('div', {}, element('dt', {}, node.kind), element('dd', {}, code(node.title))),
      ...(node.facts ?? []).filter(([, fact]) => fact !== null && fact !== undefined && fact !== '')
        .map(([name, fact]) => element('div', {}, element('dt', {}, name), element('dd', {}, fact)))) : null);
  }

  /** Lines from card to card, after a layout. */
  draw() {
    const box = this.#part.getBoundingClientRect();
    if (box.width === 0) {
      return;
    }
    const cards = new Map([...this.#part.querySelectorAll('.card')].map(card => [card.dataset.key, card.getBoundingClientRect()]));
    const related = this.#selected ? this.#related() : null;
    this.#lines.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`);
    this.#lines.setAttribute('width', box.width);
    this.#lines.setAttribute('height', box.height);
    this.#lines.replaceChildren(...this.#edges.filter(([from, to]) => cards.has(from) && cards.has(to)).map(([from, to]) => {
      const [a, b] = [cards.get(from), cards.get(to)];
      const [x1, y1] = [a.right - box.left, a.top - box.top + a.height / 2];
      const [x2, y2] = [b.left - box.left, b.top - box.top + b.height / 2];
      const bend = Math.min(90, (x2 - x1) / 2);
      const on = related?.has(from) && related.has(to);
      return shape('path', {d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
        class: related === null ? null : on ? 'on' : 'off'});
    }));
  }

  /** Arrow keys go from card to card: up and down in a column, left and right along the columns. */
  #key(event) {
    if (event.key === 'Escape') {
      this.#select(null);
      return;
    }
    const card = event.target.closest?.('.card');
    if (!card || !KEYS.includes(event.key)) {
      return;
    }
    event.preventDefault();
    const columns = [...this.#part.querySelectorAll('.column')].map(column => [...column.querySelectorAll('.card')])
      .filter(cards => cards.length > 0);
    const column = columns.findIndex(cards => cards.includes(card));
    const row = columns[column].indexOf(card);
    const aside = columns[column + (event.key === 'ArrowRight' ? 1 : -1)];
    const next = {ArrowUp: columns[column][row - 1], ArrowDown: columns[column][row + 1], Home: columns[column][0],
      End: columns[column].at(-1), ArrowLeft: aside?.[Math.min(row, aside.length - 1)],
      ArrowRight: aside?.[Math.min(row, aside.length - 1)]}[event.key];
    next?.focus();
  }
}

function modules(state, graph) {
  for (const module of state.modules) {
    const [name, version] = module.name.split(' ');
    graph.node('module ' + module.name, {kind: 'Module', column: 4, title: name.split('.').at(-1), states: [[module.state]],
      note: `${version ?? ''} · ${count(module.references, 'reference')}`,
      facts: [['name', name], ['version', version], ['bundle', module.bundle], ['used by', module.usedBy.join(', ')]]});
  }
}

function flbs(state, graph) {
  const incoming = new Map(state.incoming.map(flb => [flb.compatible, flb]));
  for (const flb of state.flbs) {
    const other = incoming.get(flb.compatible);
    incoming.delete(flb.compatible);
    flbNode(graph, flb, other);
  }
  for (const flb of incoming.values()) {
    flbNode(graph, null, flb);
  }
}

function flbNode(graph, flb, incoming) {
  const any = flb ?? incoming;
  const key = 'flb ' + any.compatible;
  const files = Number(flb?.files ?? 0) + Number(incoming?.files ?? 0);
  const handles = Number(flb?.handles ?? 0) + Number(incoming?.handles ?? 0);
  const unlinked = flb && Number(flb.links) === 0 && flb.state === 'IDLE';
  const states = [[unlinked ? 'UNLINKED' : flb?.state], [incoming?.state, 'incoming ']].filter(([state]) => state);
  const trouble = any.detached ?? incoming?.detached ?? incoming?.failure;
  graph.node(key, {kind: 'FLB', column: 3, title: any.compatible, states, tone: trouble ? 'bad' : '',
    note: count(files, 'file') + (handles ? `, ${count(handles, 'handle')} open` : ''), facts: [
      ['outgoing', flb && `${flb.state.toLowerCase()}, ${count(flb.files, 'file')}, ${count(flb.pages, 'page')}`],
      ['preserve called', flb?.preserved], ['unpreserve called', flb?.unpreserved],
      ['incoming', incoming && `${incoming.state.toLowerCase()}, ${count(incoming.files, 'file')}`],
      ['retrieve called', incoming?.retrieved], ['finish called', incoming?.finished],
      ['data', any.data !== '0' ? code(bits(any.data)) : null], ['trouble', trouble]]});
  for (const module of new Set([flb?.module, incoming?.module].filter(Boolean))) {
    graph.edge(key, 'module ' + module);
  }
}

function handlers(state, graph) {
  for (const handler of state.handlers) {
    const key = 'handler ' + handler.compatible;
    const states = [!handler.registered && 'UNREGISTERED', handler.missing.length > 0 && 'MISSING'].filter(Boolean);
    graph.node(key, {kind: 'File handler', column: 2, title: handler.compatible, note: count(handler.files, 'file'),
      states: states.map(state => [state]), tone: handler.missing.length > 0 ? 'bad' : '',
      facts: [['module', handler.module], ['FLBs', handler.flbs.join(', ')], ['missing', handler.missing.join(', ')]]});
    for (const flb of handler.flbs) {
      graph.edge(key, 'flb ' + flb);
    }
    for (const flb of handler.missing) {
      if (!graph.has('flb ' + flb)) {
        graph.node('flb ' + flb, {kind: 'FLB', column: 3, title: flb, note: 'named by a handler', states: [['MISSING']],
          tone: 'bad', facts: [['what to do', 'start the bundle that provides it']]});
      }
      graph.edge(key, 'flb ' + flb);
    }
    const owners = state.flbs.filter(flb => handler.flbs.includes(flb.compatible)).map(flb => flb.module);
    if (!owners.includes(handler.module)) {
      graph.edge(key, 'module ' + handler.module);
    }
  }
}

function sessions(state, graph) {
  for (const session of state.sessions) {
    const key = `session ${session.side} ${session.name}`;
    graph.node(key, {kind: 'Session', column: 0, title: session.name,
      note: `${count(session.files.length, 'file')}, ${session.side.toLowerCase()}${session.open ? '' : ', not open'}`,
      facts: [['side', session.side.toLowerCase()], ['open', session.open ? 'yes' : 'no'],
        ['files', String(session.files.length)]]});
    for (const file of session.files.slice(0, FILES_SHOWN)) {
      fileNode(graph, key, file);
    }
    const rest = session.files.slice(FILES_SHOWN);
    if (rest.length > 0) {
      const more = key + ' more';
      graph.node(more, {kind: 'Files', column: 1, stands: rest.length, title: `${rest.length} more`, note: 'see the table',
        tone: 'ghost'}).edge(key, more);
      for (const compatible of new Set(rest.map(file => file.compatible))) {
        edgeToHandler(graph, more, compatible);
      }
    }
  }
}

function fileNode(graph, session, file) {
  const key = `${session} file ${file.token}`;
  graph.node(key, {kind: 'File', column: 1, title: 'token ' + bits(file.token), states: [[file.state]],
    note: count(file.pages, 'page'), tone: ['WAITING', 'DETACHED', 'FAILED'].includes(file.state) ? 'bad' : '',
    facts: [['handler', file.compatible], ['FLBs held, in order', file.flbs.join(', ')], ['preserved by', file.owner],
      ['served by', file.module], ['data', code(bits(file.data))], ['trouble', file.failure]]}).edge(session, key);
  edgeToHandler(graph, key, file.compatible);
}

function edgeToHandler(graph, from, compatible) {
  const handler = 'handler ' + compatible;
  if (!graph.has(handler)) {
    graph.node(handler, {kind: 'File handler', column: 2, title: compatible, note: 'not registered', states: [['MISSING']],
      tone: 'bad', facts: [['what to do', 'start the bundle that provides it']]});
  }
  graph.edge(from, handler);
}
