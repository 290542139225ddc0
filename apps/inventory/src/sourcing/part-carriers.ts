import { obstacle, type Place } from './place';
import { byDistance, byPoints, score, type Scored } from './score';
import type { Search } from './search';
import { unitsFor } from './territory';

/** A place that has some of an order. */
interface PartCarrier {
  place: Place;
  /** For how many lines it seems to have enough. */
  sufficient: number;
  /** What it seems to have of all lines, each line counting as much as any other. */
  share: number;
  /** Of what it has, the part of its promise that would be taken, of the scarcest SKU. */
  promise: number;
}

/** Every place that has ever carried some of what is wanted and may give it. */
function partCarriers({ wanted, where, rule, without, channel }: Search): PartCarrier[] {
  const found = new Map<string, PartCarrier>();
  where.shelves.forEach(({ territory, available }, line) => {
    const quantity = wanted.lines[line]?.quantity ?? 0;
    territory.places.forEach((place, n) => {
      if (!place || without.has(place.location) || obstacle(place, wanted, rule) !== undefined) return;
      const units = Math.max(0, unitsFor(channel, available[n] ?? 0));
      const carrier = found.get(place.location) ?? { place, sufficient: 0, share: 0, promise: 0 };
      if (units >= quantity) carrier.sufficient++;
      carrier.share += Math.min(1, units / quantity);
      if (units > 0) carrier.promise = Math.max(carrier.promise, Math.min(1, quantity / units));
      found.set(place.location, carrier);
    });
  });
  return [...found.values()];
}

const MAX_PARTS = 10;

/** The places that have the most of an order, for one that has to be cut; the best of those that have as much. */
export function partialChances(search: Search): Scored[] {
  return partCarriers(search)
    .filter(({ share }) => share > 0)
    .map(({ place, share, promise }) => ({ share, candidate: score(place, { promise }, search) }))
    .sort((a, b) => b.share - a.share || byPoints(a.candidate, b.candidate))
    .slice(0, MAX_PARTS)
    .map(({ candidate }) => candidate);
}

/** Of the places that carry something, the one that has enough for the most lines; the nearest of those. */
export function closest(search: Search): Scored[] {
  const { wanted, rule } = search;
  let best: { sufficient: number; candidates: Scored[] } = { sufficient: -1, candidates: [] };
  for (const { place, sufficient } of partCarriers(search)) {
    if (sufficient < best.sufficient) continue;
    const candidate = score(place, { promise: 1 }, { wanted, rule });
    if (sufficient > best.sufficient) best = { sufficient, candidates: [candidate] };
    else best.candidates.push(candidate);
  }
  return best.candidates.sort(byDistance).slice(0, 1);
}
