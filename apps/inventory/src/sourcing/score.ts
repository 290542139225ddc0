import type { Considered, SourcingRule } from '#libs/contracts';
import { kmTo, type Place, type Wanted } from './place';

/** A place that is asked for the goods, and how well it would do. */
export type Candidate = Pick<Considered, 'location'> & Required<Pick<Considered, 'distanceKm'>> & Considered;

/** A candidate with its score. */
export type Scored = Candidate & { points: number };

/** What is known of the goods at a place. */
export interface Goods {
  /** The part of what it can promise that would be taken, of the scarcest SKU. */
  promise: number;
  /** The least that is left of their shelf life, in days, where that is known. */
  shelfLifeDays?: number;
}

/** How well a place would do: fewer points are better. The formula is in `docs/rules/sourcing.md`. */
export function score(place: Place, goods: Goods, { wanted, rule }: { wanted: Wanted; rule: SourcingRule }): Scored {
  const { weights, freshDays } = rule;
  const { promise, shelfLifeDays = freshDays } = goods;
  const distanceKm = kmTo(place, wanted);
  const costMinor = rule.cost.parcelMinor[place.kind] + rule.cost.perKmMinor * distanceKm;
  const staleness = 1 - Math.max(0, Math.min(1, shelfLifeDays / freshDays));
  const load = place.openOrders / (place.dailyOrders ?? Infinity);
  const points =
    weights.distance * distanceKm +
    weights.promise * promise +
    weights.cost * (costMinor / 100) +
    weights.freshness * staleness +
    weights.load * load;
  return { location: place.location, points, distanceKm, promise, costMinor, staleness, load };
}

/** Best first; equally good ones by distance, then by name, so that everybody decides the same. */
export function byPoints(a: Scored, b: Scored): number {
  return a.points - b.points || byDistance(a, b);
}

/** Nearest first, then by name. */
export function byDistance(a: Candidate, b: Candidate): number {
  return a.distanceKm - b.distanceKm || (a.location < b.location ? -1 : 1);
}
