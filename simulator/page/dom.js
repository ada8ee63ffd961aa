const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  send: 'M3.4 20.4 20.9 12.900a1 1 0 0 0 0-1.800L3.4 3.600a.990.99 0 0 0-1.39.910L2 9.120c0 .5.37.930.87.990L17 12 2.87 13.880a1 1 0 0 0-.870 1l.010 4.610c0 .710.73 1.2 1.39.910Z',
  attach:
    'm20.5 11.3-8.6 8.600a5.6 5.6 0 0 1-7.9-7.900l8.6-8.600a3.7 3.7 0 0 1 5.3 5.300l-8.6 8.500a1.9 1.9 0 0 1-2.7-2.600l8-7.9',
  smile:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-4-7c.800 1.5 2.3 2.5 4 2.500s3.2-1 4-2.500M9 9.500h.010M15 9.500h.010',
  mic: 'M12 15a3.5 3.5 0 0 0 3.5-3.500v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Zm-6.5-3.500a6.5 6.5 0 0 0 13 0M12 18v3',
  keyboard:
    'M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Zm3 3.500h.010M10.5 9.500h.010M14 9.500h.010M17 9.500h.010M7 12.500h.010M10.5 12.500h.010M14 12.500h.010M17 12.500h.010M8 15.500h8',
  menu: 'M5 7h14M5 12h14M5 17h9',
  back: 'M15 5l-7 7 7 7',
  more: 'M12 5.500h.010M12 12h.010M12 18.500h.010',
  down: 'M6 9.500l6 6 6-6',
  close: 'M6.5 6.500l11 11M17.5 6.500l-11 11',
  file: 'M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9l-6-6Zm0 0v6h6',
  photo:
    'M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm0 11 4.5-4.5 4 4 2.5-2.5 4 4M9 9.500h.010',
  contact: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8a7.5 7.5 0 0 1 15 0',
  reply: 'M10 6 4 12l6 6v-4c5 0 8 1.5 10 5 0-6-3.5-9.5-10-9.500V6Z',
  edit: 'M4 20l.900-4L16 4.900a2 2 0 0 1 2.8 0l.3.300a2 2 0 0 1 0 2.800L8 19.1 4 20Z',
  link: 'M8 16 16 8M9.5 8H16v6.5',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  play: 'M8 5.500v13l10.5-6.500z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  ticks: 'M2.5 12.500l4 4 8-9M10.5 15.500l1 1 8-9',
  plus: 'M12 5v14M5 12h14',
};

/**
 * An element: `h('button', { class: 'x', onclick: f, 'aria-label': 'y' }, 'text', child)`. Properties that are null,
 * undefined or false are left out, children likewise.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value' || name === 'checked') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A line icon; decoration only, so the button around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
