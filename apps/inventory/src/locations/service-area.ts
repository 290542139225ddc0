import type { GeoPoint, LocationProfile } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { greatCircleKm } from './great-circle';

type Position = [longitude: number, latitude: number];

const LEAST_POSITIONS = 4;
const METERS = 1000;

/** Whether a place delivers to a point. */
export function delivers(place: GeoPoint & LocationProfile, to: GeoPoint): boolean {
  if (place.serviceArea) return isInside(place.serviceArea, to);
  return place.serviceRadiusMeters === undefined || greatCircleKm(place, to) * METERS <= place.serviceRadiusMeters;
}

/**
 * Whether a point is inside of a ring. Edges are straight on the map, as GeoJSON has it; a point on an edge is on one side or
 * the other, always the same.
 */
export function isInside(ring: readonly Position[], { latitude, longitude }: GeoPoint): boolean {
  let inside = false;
  for (let n = 1; n < ring.length; n++) {
    const [x1, y1] = ring[n - 1] ?? [0, 0];
    const [x2, y2] = ring[n] ?? [0, 0];
    const crosses = y1 > latitude !== y2 > latitude;
    // The edge is met to the east of the point: an odd number of those means inside.
    if (crosses && longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/** The ring as it was given. Refuses what is no closed ring around an area on the map. */
export function serviceArea(given: readonly (readonly number[])[]): Position[] {
  const ring = given.map(positionOf);
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < LEAST_POSITIONS || first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) throw notClosed(ring.length);
  const crossing = crossingIn(ring);
  if (crossing) throw crossesItself(...crossing);
  if (areaOf(ring) === 0) throw empty();
  return ring;
}

function positionOf(given: readonly number[], n: number): Position {
  const [longitude = NaN, latitude = NaN] = given;
  if (given.length === 2 && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return [longitude, latitude];
  throw new Refusal(
    'service-area-off-the-map',
    `Position ${n} of the service area is ${JSON.stringify(given)}.`,
    'A position is [longitude, latitude] in WGS 84 degrees: up to 180 and up to 90 to either side.',
  );
}

/** The edges, counted from 0, that cut each other; neighbors meet where they should. */
function crossingIn(ring: readonly Position[]): [number, number] | undefined {
  const edges = ring.length - 1;
  for (let a = 0; a < edges; a++) {
    for (let b = a + 2; b < edges; b++) {
      const areNeighbors = a === 0 && b === edges - 1;
      if (!areNeighbors && cut(edge(ring, a), edge(ring, b))) return [a, b];
    }
  }
  return undefined;
}

type Edge = [from: Position, to: Position];
const edge = (ring: readonly Position[], n: number): Edge => [ring[n] ?? [0, 0], ring[n + 1] ?? [0, 0]];

/** Each has its ends on both sides of the other, or touches it. */
function cut([a, b]: Edge, [c, d]: Edge): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && isBetween(a, b, c)) ||
    (abd === 0 && isBetween(a, b, d)) ||
    (cda === 0 && isBetween(c, d, a)) ||
    (cdb === 0 && isBetween(c, d, b))
  );
}

/** 1 when the way over the three points turns left, -1 when it turns right, 0 when it is straight. */
function turn([ax, ay]: Position, [bx, by]: Position, [cx, cy]: Position): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function isBetween([ax, ay]: Position, [bx, by]: Position, [x, y]: Position): boolean {
  return Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);
}

/** In square degrees, signed; all that matters is whether there is any. */
function areaOf(ring: readonly Position[]): number {
  let doubled = 0;
  for (let n = 1; n < ring.length; n++) {
    const [[x1, y1], [x2, y2]] = edge(ring, n - 1);
    doubled += x1 * y2 - x2 * y1;
  }
  return doubled / 2;
}

function notClosed(positions: number): Refusal {
  return new Refusal(
    'service-area-not-closed',
    `The service area has ${positions} positions and does not end where it begins.`,
    'Send a GeoJSON ring: at least four positions, the last the same as the first.',
  );
}

function crossesItself(one: number, other: number): Refusal {
  return new Refusal(
    'service-area-crosses-itself',
    `The edge from position ${one} of the service area meets the one from position ${other}.`,
    'Send the positions in the order in which they lie around the area; cut an area that crosses the date line in two.',
  );
}

function empty(): Refusal {
  return new Refusal('service-area-empty', 'The service area is a line.', 'Send a ring that goes around something.');
}
