// Follows the core: each event brings all of its state, and what has changed of it is shown anew.

import {badge, bytes, count, duration, element, show, time} from './dom.js';
import {Graph} from './graph.js';
import {showUpdate} from './timeline.js';
import {showMemory} from './memory.js';
import {showEvents, showFiles, showModules, showRefusals} from './tables.js';

const part = id => document.getElementById(id);
const graph = new Graph(part('graph'), part('selection'));
const shown = new Map();

/** Calls a painter only if what it paints has changed. */
function paint(name, painter, ...data) {
  const now = JSON.stringify(data);
  if (shown.get(name) !== now) {
    shown.set(name, now);
    painter(...data);
  }
}

function showGeneration(phase, number, generation) {
  const from = generation ? ` · ${generation.framework ?? 'no framework'} · ${generation.jvm} · process ${generation.pid}`
    : '';
  show(part('generation'), badge(phase),
    Number(number) < 0 ? ' waits for an image' : Number(number) === 0 ? ' not updated yet' : ` after ${count(number, 'update')}`, element('span', {class: 'more'}, from));
  document.title = `Liveupdate · ${phase.toLowerCase()}`;
}

function tile(name, figure, note, bad) {
  return element('li', {class: bad ? 'tile bad' : 'tile'}, element('span', {class: 'figure'}, figure),
    element('span', {class: 'name'}, name), element('span', {class: 'aside'}, note));
}

function showSummary(state) {
  const files = state.sessions.flatMap(session => session.files);
  const unserved = files.filter(file => ['WAITING', 'DETACHED', 'FAILED'].includes(file.state));
  const used = state.flbs.filter(flb => flb.state !== 'IDLE').length;
  const memory = state.memory;
  const incoming = state.sessions.filter(session => session.side === 'INCOMING').length;
  show(part('summary'),
    tile('sessions', state.sessions.length, `${state.sessions.length - incoming} outgoing, ${incoming} incoming`),
    tile('files', files.length, unserved.length ? `${unserved.length} that nobody serves` : 'all are served', unserved.length),
    tile('FLBs in use', used, `of ${state.flbs.length} that are registered`),
    tile('preserved', memory ? bytes(Number(memory.preservedPages) * Number(memory.pageSize)) : '–',
      memory ? count(memory.preservedPages, 'page') : 'no handover memory yet'),
    tile('blackout', state.update ? duration(state.update.blackout) : '–',
      state.update ? `update ${state.update.number}` : 'no update yet'),
    tile('refused', state.refused.length, state.refused.length ? 'see below why' : 'nothing', state.refused.length));
  const sentence = `${count(state.sessions.length, 'session')}, ${count(files.length, 'file')}, `
    + `${state.refused.length} refused`;
  if (part('announcement').textContent !== sentence) {
    part('announcement').textContent = sentence;
  }
}

function trouble(title, sentence, ...more) {
  return element('div', {class: 'trouble'}, element('strong', {}, title), ' ', sentence, ...more);
}

function showTroubles(state) {
  const troubles = [];
  if (!state.enabled) {
    troubles.push(trouble('Switched off.', 'Every call answers EOPNOTSUPP; set liveupdate.enabled to true.'));
  }
  for (const flb of [...state.flbs, ...state.incoming]) {
    if (flb.detached) {
      troubles.push(trouble(`FLB ${flb.compatible} is detached.`, flb.detached));
    } else if (flb.failure) {
      troubles.push(trouble(`FLB ${flb.compatible} could not be retrieved.`, flb.failure));
    }
  }
  for (const session of state.sessions) {
    for (const file of session.files.filter(candidate => candidate.failure).slice(0, 3)) {
      troubles.push(trouble(`File ${file.token} of session ${session.name}.`, file.failure));
    }
  }
  for (const handler of state.handlers.filter(candidate => candidate.missing.length > 0)) {
    troubles.push(trouble(`Files of ${handler.compatible} cannot be preserved.`,
      `No FLB ${handler.missing.join(', ')} is linked: start the bundle that provides it.`));
  }
  for (const callback of (state.callbacks ?? []).filter(candidate => candidate.slow)) {
    troubles.push(trouble(`The callback ${callback.callback} of ${callback.compatible} is slow.`,
      `${callback.module}, ${duration(Number(callback.millis) * 1000)} until now.`,
      element('details', {'data-key': 'stack'}, element('summary', {}, 'Where it is'), element('pre', {}, callback.stack))));
  }
  show(part('troubles'), ...troubles);
}

function showState(state) {
  document.body.classList.toggle('absent', state === null);
  if (state === null) {
    show(part('troubles'), trouble('The core is not running.', 'Start the bundle org.liveupdate.core.'));
    shown.clear();
    return;
  }
  paint('generation', showGeneration, state.phase, state.number, state.generation);
  paint('summary', showSummary, state);
  paint('troubles', showTroubles, state);
  paint('graph', data => graph.show(data), {sessions: state.sessions, handlers: state.handlers, flbs: state.flbs,
    incoming: state.incoming, modules: state.modules});
  paint('files', data => showFiles(part('files'), data), state.sessions);
  paint('update', (update, image) => showUpdate(part('timeline'), part('update-summary'), update, image),
    state.update, state.image);
  paint('memory', memory => showMemory(part('map'), part('memory-summary'), memory), state.memory);
  paint('refused', data => showRefusals(part('refusals'), data), state.refused);
  paint('modules', data => showModules(part('lsmod'), data), state.modules);
  paint('events', data => showEvents(part('events'), data), state.history ?? []);
}

function connection(word, kind, title) {
  const sign = part('connection');
  sign.textContent = word;
  sign.className = 'badge ' + kind;
  sign.title = title;
}

for (const button of document.querySelectorAll('.switch button')) {
  button.addEventListener('click', () => {
    const view = button.dataset.view;
    for (const other of document.querySelectorAll('.switch button')) {
      other.setAttribute('aria-pressed', String(other === button));
    }
    part('graph').hidden = view !== 'graph';
    part('selection').hidden = view !== 'graph';
    part('files').hidden = view !== 'table';
    graph.draw();
  });
}

const events = new EventSource(new URL('events', location.origin + location.pathname));
events.addEventListener('open', () => connection('live', 'good', 'changes are shown at once'));
events.addEventListener('error', () => connection('reconnecting', 'busy',
  'the framework does not answer: it is being updated, or has ended'));
events.addEventListener('state', event => {
  showState(JSON.parse(event.data));
  document.documentElement.dataset.shown = event.lastEventId;
  part('connection').title = `as of ${time(Date.now())}`;
});
