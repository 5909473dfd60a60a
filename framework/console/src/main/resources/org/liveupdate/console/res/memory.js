// Handover memory: who has how much of it, and how the rest is cut.

import {bytes, code, count, element, shape, show, table} from './dom.js';

const WIDTH = 1000;
const HUES = 6;
/** Owners that get a colour of their own. */
const COLOURED = 12;

export function showMemory(part, summary, memory) {
  if (!memory) {
    summary.textContent = '';
    show(part, element('p', {class: 'none'}, 'There is none: live update is off, or this generation waits for an image.'));
    return;
  }
  const page = Number(memory.pageSize);
  const size = pages => bytes(Number(pages) * page);
  const owners = (memory.owners ?? []).filter(owner => pages(owner) > 0).sort((a, b) => pages(b) - pages(a));
  summary.textContent = `${size(memory.preservedPages)} are preserved, ${size(memory.usedPages)} allocated, of a file of `
    + `${size(memory.totalPages ?? memory.highWaterPages)} that may grow to ${size(memory.limitPages ?? 0)}.`;
  show(part, element('p', {}, code(memory.file)), map(memory, owners), legend(owners, size), freeSpace(memory, size));
}

function pages(owner) {
  return Number(owner.preservedPages) + Number(owner.ordinaryPages);
}

function map(memory, owners) {
  const total = Math.max(1, Number(memory.totalPages ?? memory.usedPages));
  let x = 0;
  const parts = owners.map((owner, index) => {
    const width = pages(owner) / total * WIDTH;
    const rect = shape('rect', {x, y: 0, width: Math.max(width, 1), height: 34,
      class: index < COLOURED ? 'owner hue' + index % HUES : 'owner other'}, shape('title', {}, owner.owner));
    x += width;
    return rect;
  });
  return shape('svg', {class: 'map', viewBox: `0 0 ${WIDTH} 34`, preserveAspectRatio: 'none', role: 'img',
    'aria-label': `${memory.usedPages} of ${total} pages are allocated; the table below says to whom`},
    shape('rect', {x: 0, y: 0, width: WIDTH, height: 34, class: 'free'}), ...parts);
}

function legend(owners, size) {
  if (owners.length === 0) {
    return element('p', {class: 'none'}, 'Nobody has any.');
  }
  const colour = new Map(owners.map((owner, index) => [owner, index < COLOURED ? 'hue' + index % HUES : 'other']));
  return table('Who has how much', [
    {title: 'owner', cell: owner => element('span', {}, element('span', {class: 'swatch ' + colour.get(owner)}), owner.owner)},
    {title: 'preserved', number: true, cell: owner => size(owner.preservedPages)},
    {title: 'pages', number: true, cell: owner => Number(owner.preservedPages).toLocaleString('en')},
    {title: 'ends with the generation', number: true, cell: owner => size(owner.ordinaryPages)}], owners);
}

function freeSpace(memory, size) {
  const orders = (memory.freeBlocks ?? []).map((blocks, order) => ({order, blocks: Number(blocks)}))
    .filter(row => row.blocks > 0);
  if (orders.length === 0) {
    return null;
  }
  const scattered = Math.round(Number(memory.fragmentation) * 100);
  return element('details', {'data-key': 'free'},
    element('summary', {}, `Free blocks, ${scattered} % of the free pages scattered`),
    table('Free blocks by size', [{title: 'block of', number: true, cell: row => size(2 ** row.order)},
      {title: 'order', number: true, cell: row => row.order}, {title: 'blocks', number: true, cell: row => row.blocks},
      {title: 'together', number: true, cell: row => size(row.blocks * 2 ** row.order)}], orders));
}
