import fc from 'fast-check';
import { CHANNELS, type Capability, type LocationKind, type SourcingRule } from '#libs/contracts';
import { greatCircleKm } from '../locations/great-circle';
import { Search, type Whereabouts } from './search';
import type { Place, Wanted } from './place';
import { everywhere, nearby } from './proposal';
import { HOME, stocked } from './testing/world';
import type { Units } from './territory';

const SKUS = ['A', 'B', 'C'];
const degrees = (center: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(center), fc.double({ min: center - 1, max: center + 1, noNaN: true }));
const kinds: LocationKind[] = ['warehouse', 'store', 'corner-shop', 'locker'];
const capabilities: Capability[] = ['ships', 'pickup', 'thirty-minute'];
const facts = fc.record(
  {
    kind: fc.constantFrom(...kinds),
    capabilities: fc.subarray(capabilities),
    latitude: degrees(HOME.latitude),
    longitude: degrees(HOME.longitude),
    openOrders: fc.nat(20),
    dailyOrders: fc.integer({ min: 1, max: 20 }),
    serviceRadiusMeters: fc.integer({ min: 1, max: 150_000 }),
  },
  { requiredKeys: ['kind', 'capabilities', 'latitude', 'longitude', 'openOrders'] },
);
const places = fc
  .array(facts, { minLength: 1, maxLength: 12 })
  .map((some) => some.map((one, n): Place => ({ location: `p${n}`, ...one })));
const units: fc.Arbitrary<Units> = fc.oneof(
  fc.nat(4),
  fc.record({ storefront: fc.nat(4), hema: fc.nat(4), lingshoutong: fc.nat(4) }),
);
const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true }));
const rule: fc.Arbitrary<SourcingRule> = fc.record({
  weights: fc.record({ distance: weight, promise: weight, cost: weight, split: weight, freshness: weight, load: weight }),
  maxKm: fc.constantFrom(20_100, 60, 10),
  thirtyMinuteKm: fc.constantFrom(3, 30),
  maxExcessKm: fc.oneof(fc.constantFrom(0, 500), fc.double({ min: 0, max: 100, noNaN: true })),
  maxParcels: fc.constant(1),
  cost: fc.record({
    parcelMinor: fc.record({ warehouse: weight, store: weight, 'corner-shop': weight, locker: weight }),
    perKmMinor: weight,
  }),
  freshDays: fc.constant(7),
});
const wanted: fc.Arbitrary<Wanted> = fc.record(
  {
    demand: fc.constantFrom('online-order' as const, 'supply-order' as const, 'direct' as const),
    lines: fc.integer({ min: 1, max: 3 }).chain((n) => fc.tuple(...SKUS.slice(0, n).map((sku) => line(sku)))),
    deliverTo: fc.constant(HOME),
    channel: fc.constantFrom(...CHANNELS),
    service: fc.constantFrom('parcel' as const, 'pickup' as const, 'thirty-minute' as const),
  },
  { requiredKeys: ['demand', 'lines', 'deliverTo'] },
);
const line = (sku: string) => fc.integer({ min: 1, max: 3 }).map((quantity) => ({ sku, quantity }));
/** On shelves of all places or of some, so that SKUs share a territory or do not. */
const shelves = (all: readonly Place[]): fc.Arbitrary<Whereabouts['shelves']> =>
  fc
    .array(fc.array(fc.option(units, { freq: 5 }), { minLength: all.length, maxLength: all.length }), {
      minLength: 3,
      maxLength: 3,
    })
    .map((skus) => {
      const named = skus.map((some) => some.flatMap((one, n) => (one === null ? [] : [[`p${n}`, one] as const])));
      return stocked(all, ...named.map((one) => Object.fromEntries(one))).shelves;
    });

/** Written down once more, from `docs/rules/sourcing.md`: a look at every place, without trees, territories or shortcuts. */
function bestByHand(
  { demand, lines, channel, service = 'parcel' }: Wanted,
  all: readonly Place[],
  shelves: Whereabouts['shelves'],
  by: SourcingRule,
) {
  const asking = channel ?? (demand === 'supply-order' ? 'lingshoutong' : 'storefront');
  const feasible = all.flatMap((place) => {
    const km = greatCircleKm(place, HOME);
    const here = lines.map((_, n) => {
      const shelf = shelves[n]!;
      const found = shelf.available[shelf.territory.ids.indexOf(place.location)] ?? -1;
      return typeof found === 'number' ? found : found[asking];
    });
    const gives = demand === 'supply-order' ? ['warehouse', 'store'] : ['warehouse', 'store', 'corner-shop'];
    const does = service === 'parcel' ? 'ships' : service;
    const isNear = service === 'pickup' || km * 1000 <= (place.serviceRadiusMeters ?? Infinity);
    const most = service === 'thirty-minute' ? Math.min(by.maxKm, by.thirtyMinuteKm) : by.maxKm;
    if (!gives.includes(place.kind) || !place.capabilities.includes(does) || !isNear || km > most) return [];
    if (!lines.every(({ quantity }, n) => here[n]! >= quantity)) return [];
    const promise = Math.max(...lines.map(({ quantity }, n) => quantity / here[n]!));
    const cost = by.cost.parcelMinor[place.kind] + km * by.cost.perKmMinor;
    const load = place.dailyOrders ? place.openOrders / place.dailyOrders : 0;
    const { weights } = by;
    const points = weights.distance * km + weights.promise * promise + (weights.cost * cost) / 100 + weights.load * load;
    return [{ location: place.location, km, points }];
  });
  const nearestKm = Math.min(...feasible.map(({ km }) => km));
  const allowed = feasible.filter(({ km }) => km <= nearestKm + by.maxExcessKm);
  return { nearestKm, least: Math.min(...allowed.map(({ points }) => points)), allowed };
}

const CLOSE = 1e-6;

describe('the choice of a place', () => {
  it('is the best of all that could, as a look at every one of them finds it', () => {
    const cases = places.chain((all) => fc.tuple(fc.constant(all), shelves(all), wanted, rule));
    fc.assert(
      fc.property(cases, ([all, carried, order, by]) => {
        const used = carried.slice(0, order.lines.length);
        const sizes = used.map(({ territory }) => territory.ids.length);
        const territory = used[sizes.indexOf(Math.min(...sizes))]!.territory;
        const search = new Search(order, { shelves: used, territory }, by);
        const { allowed, least, nearestKm } = bestByHand(order, all, used, by);
        for (const { candidates, decision } of [nearby(search), everywhere(search)]) {
          expect(decision.feasible).toBe(allowed.length);
          if (allowed.length === 0) continue;
          const [chosen] = candidates;
          expect(allowed.map(({ location }) => location)).toContain(chosen?.location);
          expect(chosen?.points).toBeCloseTo(least, 6);
          expect(chosen?.distanceKm).toBeLessThanOrEqual(nearestKm + by.maxExcessKm + CLOSE);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
