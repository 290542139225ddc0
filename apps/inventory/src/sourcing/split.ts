import type { Parcel, SourcingRule, StockLine } from '#libs/contracts';
import { byPoints, type Scored } from './score';

/** Places that have some of an order, and how it may be cut. */
export interface Parts {
  places: readonly Scored[];
  limits: Pick<SourcingRule, 'maxParcels' | 'maxExcessKm' | 'weights'>;
}

/** How many units of a SKU a place can give. */
export type UnitsFree = (location: string, sku: string) => number;

/** An order in parcels that together are all of it. */
export interface Plan {
  /** In the order in which their places were asked, the best first. */
  parcels: Parcel[];
  points: number;
  /** Of the farthest parcel. */
  distanceKm: number;
}

/**
 * Cuts an order over several places, all of it or nothing: the fewest points, each parcel more than one counting as the rule says,
 * and the farthest parcel within the reach of the rule. Every combination of the places is looked at, so they should be few.
 */
export function split(lines: readonly StockLine[], { places, limits }: Parts, free: UnitsFree): Plan | undefined {
  const { maxParcels, maxExcessKm, weights } = limits;
  const ordered = [...places].sort(byPoints);
  const sizes = Array.from({ length: Math.min(maxParcels, ordered.length) }, (_, n) => n + 1);
  const plans = sizes
    .flatMap((size) => combinations(ordered, size))
    .flatMap((chosen) => filled(lines, chosen, free) ?? [])
    .map((plan) => ({ ...plan, points: plan.points + weights.split * (plan.parcels.length - 1) }));
  const reach = Math.min(...plans.map(({ distanceKm }) => distanceKm)) + maxExcessKm;
  return plans.filter(({ distanceKm }) => distanceKm <= reach).sort(fewestPoints)[0];
}

/** The first of equally good plans stays first: it has fewer parcels, or is made of better places. */
const fewestPoints = (a: Plan, b: Plan): number => a.points - b.points || a.distanceKm - b.distanceKm;

/** Every choice of so many, in their order. */
function combinations<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, n) => combinations(all.slice(n + 1), size - 1).map((rest) => [first, ...rest]));
}

/** Takes each line from the best place that has some of it, and the rest from the next; undefined when some of it is left. */
function filled(lines: readonly StockLine[], chosen: readonly Scored[], free: UnitsFree): Plan | undefined {
  const parcels = chosen.map(({ location }): Parcel => ({ location, lines: [] }));
  for (const { sku, quantity } of lines) {
    let left = quantity;
    for (const parcel of parcels) {
      const taken = Math.min(left, Math.max(0, free(parcel.location, sku)));
      if (taken > 0) parcel.lines.push({ sku, quantity: taken });
      left -= taken;
    }
    if (left > 0) return undefined;
  }
  // With a place that gives nothing it is a plan of fewer parcels, and is looked at as such.
  if (parcels.some((parcel) => parcel.lines.length === 0)) return undefined;
  const points = chosen.reduce((sum, candidate) => sum + candidate.points, 0);
  return { parcels, points, distanceKm: Math.max(...chosen.map(({ distanceKm }) => distanceKm)) };
}
