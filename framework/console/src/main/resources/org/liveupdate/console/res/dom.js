// Elements, and numbers and times as people write them.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. Attributes that are null or false are left out; text is never markup. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function shape(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      node.setAttribute(name, '');
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Replaces what is in a part of the page; what had the focus, or was open, is so again. */
export function show(part, ...children) {
  const open = new Set([...part.querySelectorAll('details[open][data-key]')].map(details => details.dataset.key));
  const focus = part.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const scroll = [...part.querySelectorAll('.scroll')].map(box => [box.scrollLeft, box.scrollTop]);
  part.replaceChildren(...children.filter(child => child !== null));
  for (const details of part.querySelectorAll('details[data-key]')) {
    details.open = open.has(details.dataset.key);
  }
  [...part.querySelectorAll('.scroll')].forEach((box, index) => {
    [box.scrollLeft, box.scrollTop] = scroll[index] ?? [0, 0];
  });
  if (focus) {
    [...part.querySelectorAll('[data-key]')].find(node => node.dataset.key === focus)?.focus({preventScroll: true});
  }
}

/**
 * A table that scrolls in its own box. A column is {title, cell, number}; cell gives text or an element for a row.
 */
export function table(caption, columns, rows) {
  const head = element('tr', {}, ...columns.map(column =>
    element('th', {scope: 'col', class: column.number ? 'number' : null}, column.title)));
  const body = rows.map(row => element('tr', {}, ...columns.map((column, index) => {
    const name = index === 0 ? 'th' : 'td';
    return element(name, {scope: index === 0 ? 'row' : null, class: column.number ? 'number' : null},
      column.cell(row) ?? '');
  })));
  return element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
    element('table', {}, element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...body)));
}

/** A word for a state, with a colour for those who see it; names of errors stay as they are. */
export function badge(state, side = '') {
  return element('span', {class: 'badge ' + tone(state)}, side, isErrno(state) ? state : state.toLowerCase());
}

function isErrno(state) {
  return /^E[A-Z0-9]+$/.test(state);
}

export function tone(state) {
  switch (state) {
    case 'PRESERVED': case 'LIVE': case 'RETRIEVED': case 'RUNNING': case 'OK': case 'FINISHED':
      return 'good';
    case 'DETACHED': case 'FAILED': case 'WAITING': case 'MISSING': case 'FENCED': case 'UNREGISTERED': case 'ABSENT':
      return 'bad';
    case 'IDLE': case 'UNLINKED': case 'NONE':
      return 'quiet';
    default:
      return isErrno(state) ? 'bad' : 'busy';
  }
}

export function code(text) {
  return element('code', {}, text);
}

/** "1 file", "2 files". */
export function count(number, singular) {
  return `${Number(number).toLocaleString('en')} ${singular}${Number(number) === 1 ? '' : 's'}`;
}

export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = Number(number);
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(unit === 0 || size >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** Microseconds. */
export function duration(micros) {
  const number = Number(micros);
  if (number < 0) {
    return 'not yet';
  }
  if (number < 1000) {
    return `${number} µs`;
  }
  return number < 1e6 ? `${(number / 1e3).toFixed(number < 1e4 ? 2 : 1)} ms` : `${(number / 1e6).toFixed(2)} s`;
}

/** A number of 64 bits that came as a string: small ones as they are, others by their bits. */
export function bits(text) {
  const number = BigInt.asUintN(64, BigInt(text));
  return number < 1000000n ? number.toString() : '0x' + number.toString(16);
}

/** Milliseconds since 1970. */
export function time(millis) {
  return new Date(Number(millis)).toISOString().replace('T', ' ').replace('Z', ' UTC');
}
