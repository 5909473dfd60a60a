// The update that led here: its phases, and what each provider did in them, to scale.

import {badge, bytes, count, duration, element, shape, show, table} from './dom.js';

const ROW = 26;
const LEFT = 250;
const WIDTH = 1000;
const STEPS = [1, 2, 5];

export function showUpdate(part, summary, update, image) {
  if (!update) {
    summary.textContent = '';
    show(part, element('p', {class: 'none'}, image
      ? 'No live update led here; what was preserved was loaded from ' + image.path + '.'
      : 'No live update led here: this generation started cold.'));
    return;
  }
  const blackout = Number(update.blackout) < 0 ? 'no file has been retrieved yet'
    : `nothing was served for ${duration(update.blackout)}`;
  summary.textContent = `Update ${update.number}: ${blackout}; ${bytes(update.bytesCarried)} stayed where they were, `
    + `${bytes(update.bytesCopied)} were copied (${update.clock} clock).`;
  show(part, phases(update), chart(update), details(update));
}

function phases(update) {
  const names = [['prepare', update.prepare, 'from the request until the successor was ready'],
    ['freeze', update.freeze, 'from the first freeze to the committed image'],
    ['handover', update.handover, 'from the committed image to this generation being in charge'],
    ['blackout', update.blackout, 'from the first freeze to the first completed retrieve'],
    ['finish', update.finish ?? '-1', 'from being in charge until the last file was finished']];
  return element('ol', {class: 'phases'}, ...names.map(([name, micros, meaning]) =>
    element('li', {class: name}, element('span', {class: 'name'}, name),
      element('span', {class: 'figure'}, duration(micros)), element('span', {class: 'aside'}, meaning))));
}

/** Everything is to the scale of the blackout; what happened far outside of it is in the table. */
function chart(update) {
  const frozen = Number(update.freeze);
  const inCharge = frozen + Number(update.handover);
  const callbacks = (update.callbacks ?? []).filter(callback => callback.callback !== 'finish');
  const end = Math.max(Number(update.blackout), inCharge, 1);
  const bars = [{name: 'freeze', kind: 'freeze', from: 0, to: frozen},
    {name: 'handover', kind: 'handover', from: frozen, to: inCharge},
    {name: 'blackout', kind: 'blackout', from: 0, to: Number(update.blackout)},
    ...callbacks.filter(callback => Number(callback.began) <= end).map(callback => ({
      name: `${callback.callback} ${callback.compatible}`, kind: 'provider ' + callback.callback,
      from: Number(callback.began), to: Math.min(Number(callback.ended), end)}))].filter(bar => bar.to >= 0);
  const x = micros => LEFT + micros / end * (WIDTH - LEFT - 90);
  const height = bars.length * ROW + 26;
  return element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Time line, to scale'},
    shape('svg', {class: 'chart', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img',
      'aria-label': `Time line of the blackout, ${duration(update.blackout)}; the table below has the same figures`},
      ...ticks(end).map(micros => shape('g', {class: 'tick'},
        shape('line', {x1: x(micros), x2: x(micros), y1: 0, y2: height - 20}),
        shape('text', {x: x(micros), y: height - 5, 'text-anchor': 'middle'}, duration(micros)))),
      ...bars.flatMap((bar, row) => [
        shape('text', {x: LEFT - 12, y: row * ROW + 17, 'text-anchor': 'end', class: 'label'}, clip(bar.name)),
        shape('rect', {x: x(bar.from), y: row * ROW + 4, width: Math.max(2, x(bar.to) - x(bar.from)), height: ROW - 9,
          rx: 3, class: 'span ' + bar.kind}),
        shape('text', {x: x(bar.to) + 7, y: row * ROW + 17, class: 'value'}, duration(bar.to - bar.from))])));
}

function clip(name) {
  return name.length > 32 ? name.slice(0, 31) + '…' : name;
}

/** Five or so round numbers from 0 on. */
function ticks(end) {
  const rough = end / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find(candidate => candidate * power >= rough) ?? 10) * power;
  return Array.from({length: Math.floor(end / step) + 1}, (_, index) => index * step);
}

function details(update) {
  if (!update.callbacks?.length) {
    return null;
  }
  return element('details', {'data-key': 'callbacks'}, element('summary', {}, count(update.callbacks.length, 'callback') + ' in figures'),
    table('What each provider took', [
      {title: 'provider', cell: row => row.compatible}, {title: 'module', cell: row => row.module},
      {title: 'callback', cell: row => row.callback}, {title: 'calls', number: true, cell: row => row.calls},
      {title: 'began', number: true, cell: row => duration(row.began)},
      {title: 'took', number: true, cell: row => duration(row.total)},
      {title: 'longest', number: true, cell: row => duration(row.longest)},
      {title: 'result', cell: row => Number(row.failed) ? badge('FAILED') : 'ok'}], update.callbacks));
}
