import type { GeoPoint } from '#libs/contracts';
import { greatCircleKm } from '../locations/great-circle';

/** One product at one place: what is there and what should be. */
export interface PlaceLevel extends GeoPoint {
  location: string;
  /** What can still be promised; below zero where the books were wrong. */
  available: number;
  /** On its way here, from other places or from suppliers. */
  inbound: number;
  reorderPoint: number;
  orderUpTo: number;
  /** Whether goods may leave for another place. */
  sends: boolean;
}

/** Units that should move from where they lie to where they are asked for. */
export interface Transfer {
  from: string;
  to: string;
  quantity: number;
  distanceKm: number;
}

/** What no place can spare: it has to be bought. */
export interface Shortage {
  location: string;
  quantity: number;
}

/**
 * Fills places that are at or below their reorder point up to their level, from the nearest place that has more than its own level. What
 * is on its way to a place counts as if it were there, or it would be sent twice; what a place can spare is only what is there. The
 * place with the least of what it needs comes first: when there is not enough, distance must not decide who goes without. No place
 * gives what it needs itself, so that a transfer never makes the next one necessary.
 */
export function suggestTransfers(places: readonly PlaceLevel[]): { transfers: Transfer[]; shortages: Shortage[] } {
  const spare = new Map(
    places.filter(({ sends }) => sends).map((place) => [place, Math.max(0, place.available - place.orderUpTo)]),
  );
  const transfers: Transfer[] = [];
  const shortages: Shortage[] = [];
  for (const place of inNeed(places)) {
    const missing = fill(place, spare, transfers);
    if (missing > 0) shortages.push({ location: place.location, quantity: missing });
  }
  return { transfers, shortages };
}

/** What a place has to live on. */
const positionOf = ({ available, inbound }: PlaceLevel): number => available + inbound;

function inNeed(places: readonly PlaceLevel[]): PlaceLevel[] {
  const cover = (place: PlaceLevel): number => positionOf(place) / Math.max(1, place.reorderPoint);
  return places
    .filter((place) => positionOf(place) <= place.reorderPoint && positionOf(place) < place.orderUpTo)
    .sort((a, b) => cover(a) - cover(b) || compare(a.location, b.location));
}

/** Takes from one place after the other; gives what is still missing. */
function fill(place: PlaceLevel, spare: Map<PlaceLevel, number>, transfers: Transfer[]): number {
  let missing = place.orderUpTo - positionOf(place);
  for (const { from, distanceKm } of nearestTo(place, [...spare.keys()])) {
    const quantity = Math.min(missing, spare.get(from) ?? 0);
    if (quantity <= 0) continue;
    transfers.push({ from: from.location, to: place.location, quantity, distanceKm: Math.round(distanceKm) });
    spare.set(from, (spare.get(from) ?? 0) - quantity);
    missing -= quantity;
  }
  return missing;
}

function nearestTo(place: PlaceLevel, others: readonly PlaceLevel[]): { from: PlaceLevel; distanceKm: number }[] {
  return others
    .map((from) => ({ from, distanceKm: greatCircleKm(from, place) }))
    .sort((a, b) => a.distanceKm - b.distanceKm || compare(a.from.location, b.from.location));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
