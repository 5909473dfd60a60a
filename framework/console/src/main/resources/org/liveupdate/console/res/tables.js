// What is best read as a table.

import {badge, bits, code, count, element, show, table, time} from './dom.js';

/** Rows at first: a session can have thousands of files. */
const ROWS = 200;

/** A table of the first rows, and a button for the others. */
function long(part, caption, columns, rows) {
  const box = element('div', {}, table(caption, columns, rows.slice(0, ROWS)));
  if (rows.length > ROWS) {
    const all = element('button', {type: 'button', 'data-key': 'all'}, `Show all ${rows.length}`);
    all.addEventListener('click', () => box.replaceChildren(table(caption, columns, rows)));
    box.append(all);
  }
  show(part, box);
}

export function showFiles(part, sessions) {
  const rows = sessions.flatMap(session => session.files.length > 0
    ? session.files.map(file => ({session, file})) : [{session, file: null}]);
  if (rows.length === 0) {
    show(part, element('p', {class: 'none'}, 'There is no session.'));
    return;
  }
  long(part, 'Sessions and their files', [
    {title: 'session', cell: row => row.session.name},
    {title: 'side', cell: row => row.session.side.toLowerCase()},
    {title: 'token', number: true, cell: row => row.file ? bits(row.file.token) : 'no files'},
    {title: 'handler', cell: row => row.file && code(row.file.compatible)},
    {title: 'state', cell: row => row.file && badge(row.file.state)},
    {title: 'FLBs held, in order', cell: row => row.file && row.file.flbs.join(', ')},
    {title: 'data', number: true, cell: row => row.file && code(bits(row.file.data))},
    {title: 'pages', number: true, cell: row => row.file && Number(row.file.pages).toLocaleString('en')}], rows);
}

export function showRefusals(part, refused) {
  show(part, refused.length === 0 ? element('p', {class: 'none'}, 'Nothing is refused.')
    : table('What was refused, and why', [
      {title: 'what', cell: row => `${row.kind === 'FLB' ? 'FLB' : 'file handler'} ${row.compatible}`},
      {title: 'module', cell: row => row.module}, {title: 'error', cell: row => badge(row.errno)},
      {title: 'why, and what to do', cell: row => row.reason}], refused));
}

export function showModules(part, modules) {
  show(part, modules.length === 0 ? element('p', {class: 'none'}, 'No bundle provides or holds anything.')
    : table('Bundles as modules', [
      {title: 'module', cell: row => row.name}, {title: 'bundle', number: true, cell: row => row.bundle},
      {title: 'state', cell: row => badge(row.state)}, {title: 'references', number: true, cell: row => row.references},
      {title: 'used by', cell: row => row.usedBy.length === 0 ? 'nobody: it can be unloaded' : usedBy(row)}], modules));
}

function usedBy(module) {
  const list = element('ul', {class: 'plain'}, ...module.usedBy.map(holder => element('li', {}, holder)));
  return module.usedBy.length <= 3 ? list : element('details', {'data-key': 'used ' + module.name},
    element('summary', {}, count(module.usedBy.length, 'holder')), list);
}

export function showEvents(part, events) {
  if (events.length === 0) {
    show(part, element('p', {class: 'none'}, 'Nothing has happened yet.'));
    return;
  }
  long(part, 'What happened', [
    {title: 'when', cell: row => element('time', {datetime: new Date(Number(row.time)).toISOString()}, time(row.time))},
    {title: 'id', cell: row => code(row.id)}, {title: 'event', cell: row => row.kind.toLowerCase()},
    {title: 'subject', cell: row => row.subject}, {title: 'result', cell: row => badge(row.result)},
    {title: 'what', cell: row => row.text}], [...events].reverse());
}
