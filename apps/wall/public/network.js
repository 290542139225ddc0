import { byId, element, keyed, shape } from './dom.js';
import { count, several, words } from './format.js';

const WIDTH = 640;
const HEIGHT = 430;
const MARGIN = 44;
const KM_PER_DEGREE = 111.32;
const KINDS = ['warehouse', 'store', 'corner-shop', 'locker'];
const SCALES_KM = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

let drawn = '';

/** Draws the places where stock is, by kind; the size says how much is on hand. */
export function paintNetwork(locations) {
  const state = JSON.stringify(locations);
  if (state === drawn) return;
  drawn = state;
  const kinds = KINDS.filter((kind) => locations.some((location) => location.kind === kind));
  byId('map').replaceChildren(...(locations.length > 0 ? drawing(locations) : [emptiness()]));
  byId('map').setAttribute('aria-label', `Map: ${kinds.map((kind) => tally(locations, kind)).join(', ') || 'no location yet'}`);
  paintLegend(locations, kinds);
  paintPlaces(locations);
}

function drawing(locations) {
  const project = projection(locations);
  const largest = Math.max(1, ...locations.map(({ onHand }) => onHand));
  // Warehouses come last, so that nothing hides them.
  const ordered = [...locations].sort((a, b) => KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind));
  const symbols = ordered.map((location) =>
    place(location, project(location), Math.sqrt(Math.max(0, location.onHand) / largest)),
  );
  const scale = locations.length > 1 ? [scaleBar(project.pixelsPerKm)] : [];
  return [...roads(locations, project), ...symbols, ...names(locations, project), ...scale];
}

function emptiness() {
  return shape('text', { x: WIDTH / 2, y: HEIGHT / 2, 'text-anchor': 'middle' }, 'No location yet');
}

/** Degrees to pixels: a plane is good enough for a city, once longitude is shortened by the latitude. */
function projection(locations) {
  const latitudes = locations.map(({ latitude }) => latitude);
  const shrink = Math.cos(((Math.min(...latitudes) + Math.max(...latitudes)) / 2) * (Math.PI / 180));
  const xs = locations.map(({ longitude }) => longitude * shrink);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...latitudes), Math.max(...latitudes)];
  const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left || 0.01), (HEIGHT - 2 * MARGIN) / (top - bottom || 0.01));
  const project = ({ latitude, longitude }) => ({
    x: WIDTH / 2 + (longitude * shrink - (left + right) / 2) * scale,
    y: HEIGHT / 2 - (latitude - (top + bottom) / 2) * scale,
  });
  return Object.assign(project, { pixelsPerKm: scale / KM_PER_DEGREE });
}

/** A line from every place to the nearest warehouse. */
function roads(locations, project) {
  const warehouses = locations.filter(({ kind }) => kind === 'warehouse').map(project);
  if (warehouses.length === 0) return [];
  return locations.map((location) => {
    const { x, y } = project(location);
    const far = (warehouse) => Math.hypot(warehouse.x - x, warehouse.y - y);
    const nearest = warehouses.reduce((best, next) => (far(next) < far(best) ? next : best));
    return shape('line', { class: 'road', x1: x, y1: y, x2: nearest.x, y2: nearest.y });
  });
}

function place({ name, kind, onHand }, { x, y }, fullness) {
  const title = shape('title', {}, `${name}, ${words(kind)}: ${count(onHand)} on hand`);
  return shape(
    'g',
    { class: 'place', 'data-kind': kind, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    symbol(kind, 5 + 9 * fullness),
    title,
  );
}

/** Kinds differ in shape as well as in color. */
function symbol(kind, r) {
  if (kind === 'warehouse') return shape('rect', { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: 3 });
  if (kind === 'store') return shape('circle', { r });
  if (kind === 'locker') return shape('path', { d: `M0 ${-r} L${r} 0 L0 ${r} L${-r} 0 Z` });
  return shape('path', { d: `M0 ${-r} L${0.9 * r} ${0.7 * r} L${-0.9 * r} ${0.7 * r} Z` });
}

/** Names lie above all symbols; where the map ends on the right they stand on the left. */
function names(locations, project) {
  const named = locations.filter(({ kind }) => kind === 'warehouse' || kind === 'store');
  return named.map((location) => {
    const { x, y } = project(location);
    const left = x > WIDTH * 0.68;
    return shape('text', { x: left ? x - 18 : x + 18, y: y + 4, 'text-anchor': left ? 'end' : 'start' }, location.name);
  });
}

function scaleBar(pixelsPerKm) {
  const km = SCALES_KM.filter((candidate) => candidate * pixelsPerKm <= WIDTH / 4).at(-1) ?? SCALES_KM[0];
  const length = km * pixelsPerKm;
  const line = shape('path', { d: `M0 -5 V0 H${length.toFixed(1)} V-5` });
  const text = shape('text', { x: length / 2, y: -8, 'text-anchor': 'middle' }, `${km} km`);
  return shape('g', { class: 'scale', transform: `translate(16 ${HEIGHT - 14})` }, line, text);
}

function paintLegend(locations, kinds) {
  const sample = (kind) =>
    shape('svg', { viewBox: '-8 -8 16 16', width: 14, height: 14, 'aria-hidden': 'true' }, symbol(kind, 6));
  byId('legend').replaceChildren(
    ...kinds.map((kind) => element('li', { class: 'place', 'data-kind': kind }, sample(kind), tally(locations, kind))),
  );
}

function tally(locations, kind) {
  return several(locations.filter((location) => location.kind === kind).length, words(kind));
}

function paintPlaces(locations) {
  keyed(byId('places'), locations, {
    key: ({ id }) => id,
    create: () => element('tr', {}, element('th', { scope: 'row' }), element('td'), element('td', { class: 'number' })),
    update: (node, { name, kind, onHand }) =>
      [name, words(kind), count(onHand)].forEach((text, n) => (node.children[n].textContent = text)),
  });
}
