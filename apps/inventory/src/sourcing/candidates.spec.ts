import type { SourcingRule } from '#libs/contracts';
import { allowedPlaces, everyChance } from './candidates';
import { Search, type Whereabouts } from './search';
import type { Wanted } from './place';
import { FIRST_RULE } from './sourcing-rule';
import { HOME, placeAt, stocked, wanting } from './testing/world';

const NEAREST: SourcingRule = { ...FIRST_RULE, weights: { ...FIRST_RULE.weights, promise: 0 } };
const weighing = (weights: Partial<SourcingRule['weights']>, terms: Partial<SourcingRule> = {}): SourcingRule => ({
  ...FIRST_RULE,
  weights: { distance: 1, promise: 0, cost: 0, split: 0, freshness: 0, load: 0, ...weights },
  ...terms,
});
const best = (wanted: Wanted, where: Whereabouts, rule = NEAREST, without?: string[]): string[] =>
  allowedPlaces(new Search(wanted, where, rule, new Set(without))).map(({ location }) => location);
const names = (candidates: { location: string }[]): string[] => candidates.map(({ location }) => location);

describe('the places that a rule allows', () => {
  const places = [placeAt('near', 1), placeAt('mid', 10), placeAt('far', 20), placeAt('remote', 40)];
  const plenty = { near: 9, mid: 9, far: 9, remote: 9 };

  it('come nearest first when nothing else matters, and end where the rule says', () => {
    expect(best(wanting(1), stocked(places, plenty))).toEqual(['near', 'mid', 'far']);
    expect(best(wanting(1), stocked(places, plenty), { ...NEAREST, maxExcessKm: 9.5 })).toEqual(['near', 'mid']);
  });

  it('are measured from the nearest that could, not from the nearest that is', () => {
    expect(best(wanting(2), stocked(places, { ...plenty, near: 1 }))).toEqual(['mid', 'far']);
    expect(best(wanting(2), stocked(places, { remote: 2 }))).toEqual(['remote']);
  });

  it('have every line', () => {
    expect(best(wanting(1, 1), stocked(places, plenty, { near: 0, mid: 1 }))).toEqual(['mid']);
    expect(best(wanting(1, 1), stocked(places, plenty, {}))).toEqual([]);
  });

  it('have it for the channel that asks', () => {
    const shared = { near: { storefront: 0, hema: 9, lingshoutong: 2 }, mid: 5 };
    expect(best(wanting(1), stocked(places, shared))).toEqual(['mid']);
    expect(best({ ...wanting(1), channel: 'hema' }, stocked(places, shared))).toEqual(['near', 'mid']);
  });

  it('are of a kind that gives to those who ask: no locker, and no shop to a shop', () => {
    const kinds = [placeAt('near', 1, { kind: 'locker' }), placeAt('mid', 2, { kind: 'corner-shop' }), placeAt('far', 3)];
    expect(best(wanting(1), stocked(kinds, plenty))).toEqual(['mid', 'far']);
    expect(best({ ...wanting(1), demand: 'supply-order' }, stocked(kinds, plenty))).toEqual(['far']);
  });

  it('send parcels, to where the goods go', () => {
    const some = [
      placeAt('near', 1, { capabilities: ['pickup'] }),
      placeAt('mid', 10, { serviceRadiusMeters: 9000 }),
      placeAt('far', 20, { serviceRadiusMeters: 21_000 }),
    ];
    expect(best(wanting(1), stocked(some, plenty))).toEqual(['far']);
    expect(best({ ...wanting(1), service: 'pickup' }, stocked(some, plenty))).toEqual(['near', 'mid', 'far']);
  });

  it('are no farther than any may be', () => {
    expect(best(wanting(1), stocked(places, plenty), { ...NEAREST, maxKm: 15 })).toEqual(['near', 'mid']);
  });

  it('deliver within half an hour only when they are near, can, and are open', () => {
    const openingHours = { monday: [{ opens: '09:00', closes: '21:00' }] };
    const hours = { openingHours, timeZone: 'Asia/Shanghai' };
    const some = [
      placeAt('near', 1, { capabilities: ['ships'] }),
      placeAt('mid', 2, { capabilities: ['thirty-minute'], ...hours }),
      placeAt('far', 4, { capabilities: ['thirty-minute'] }),
    ];
    const urgent = (at: string): string[] => best({ ...wanting(1), service: 'thirty-minute', at }, stocked(some, plenty));
    expect(urgent('2026-08-03T04:00:00Z')).toEqual(['mid']);
    expect(urgent('2026-08-03T14:00:00Z')).toEqual([]);
  });

  it('are not those that have failed the order before', () => {
    expect(best(wanting(1), stocked(places, plenty), NEAREST, ['near'])).toEqual(['mid', 'far']);
  });

  it('are all of them, in order of their names, when nobody knows any more where the goods go', () => {
    expect(best({ ...wanting(1), deliverTo: null }, stocked(places, plenty))).toEqual(['far', 'mid', 'near', 'remote']);
  });

  it('are any that may give when there are no goods to look for', () => {
    const { territory } = stocked(places, plenty);
    expect(best(wanting(), { shelves: [], territory })).toEqual(['near', 'mid', 'far']);
  });

  it('are none when nothing is known of them', () => {
    expect(best(wanting(1), stocked([], plenty))).toEqual([]);
  });
});

describe('what counts besides the way', () => {
  it('is how much of what a place can promise would be taken', () => {
    const places = [placeAt('near', 1), placeAt('far', 2)];
    const where = stocked(places, { near: 2, far: 20 });
    expect(best(wanting(1), where, weighing({ promise: 4 }))).toEqual(['far', 'near']);
    expect(best(wanting(1), where, weighing({ promise: 2 }))).toEqual(['near', 'far']);
  });

  it('is what sending costs', () => {
    const places = [placeAt('near', 1), placeAt('far', 2, { kind: 'warehouse' })];
    expect(best(wanting(1), stocked(places, { near: 1, far: 1 }), weighing({ cost: 1 }))).toEqual(['far', 'near']);
  });

  it('is how busy a place is for its size', () => {
    const places = [placeAt('near', 1, { openOrders: 9, dailyOrders: 10 }), placeAt('far', 2, { openOrders: 90 })];
    expect(best(wanting(1), stocked(places, { near: 1, far: 1 }), weighing({ load: 2 }))).toEqual(['far', 'near']);
  });

  it('is how long the goods are good: fresh ones go first, or old ones where the rule wants to be rid of them', () => {
    const places = [placeAt('near', 1), placeAt('far', 2)];
    const { shelves, territory } = stocked(places, { near: 9, far: 9 }, { near: 9, far: 9 });
    const aged = shelves.map((shelf, n) => ({ ...shelf, shelfLifeDays: n === 0 ? [7, 2] : [null, 5] }));
    const order = (freshness: number): string[] => best(wanting(1, 1), { shelves: aged, territory }, weighing({ freshness }));
    expect([order(2), order(0.5), order(-2)]).toEqual([
      ['far', 'near'],
      ['near', 'far'],
      ['near', 'far'],
    ]);
    const [, old] = allowedPlaces(new Search(wanting(1, 1), { shelves: aged, territory }, weighing({ freshness: 2 })));
    expect(old).toMatchObject({ location: 'near', staleness: expect.closeTo(1 - 2 / 7, 5) as number });
  });

  it('is in the score, term by term', () => {
    const places = [placeAt('dc', 10, { openOrders: 5, dailyOrders: 10 })];
    const rule = weighing({ distance: 2, promise: 8, cost: 1, load: 4 }, { cost: { ...FIRST_RULE.cost, perKmMinor: 10 } });
    const [found] = allowedPlaces(new Search(wanting(1), stocked(places, { dc: 4 }), rule));
    expect(found).toMatchObject({ promise: 0.25, load: 0.5, distanceKm: expect.closeTo(10, 2) as number });
    expect(found?.points).toBeCloseTo(2 * 10 + 8 * 0.25 + 1 * 8 + 4 * 0.5, 1);
  });
});

describe('every chance', () => {
  const places = [placeAt('near', 1), placeAt('mid', 10), placeAt('far', 60), placeAt('remote', 90)];

  it('is what the rule allows, then the others that have everything, then those that seem sold out', () => {
    const where = stocked(places, { near: 0, mid: 9, far: 9, remote: 9 });
    expect(names(everyChance(new Search(wanting(1), where, NEAREST)))).toEqual(['mid', 'far', 'remote', 'near']);
  });

  it('is ten places at most, and what has the goods is not crowded out by nearer ones that do not', () => {
    const crowd = Array.from({ length: 12 }, (_, n) => placeAt(`p${10 + n}`, n));
    const units = Object.fromEntries(crowd.map(({ location }) => [location, 0]));
    const found = names(everyChance(new Search(wanting(1), stocked([...crowd, ...places], { ...units, remote: 1 }), NEAREST)));
    expect([found.length, found[0]]).toEqual([10, 'remote']);
  });

  it('is the place that comes closest where nobody carries everything', () => {
    const half = stocked(places, { near: 0, far: 5 }, { mid: 5 });
    expect(names(everyChance(new Search(wanting(1, 1), half, NEAREST)))).toEqual(['mid']);
    expect(everyChance(new Search(wanting(1), stocked(places, {}), NEAREST))).toEqual([]);
  });

  it('is nobody who may not give', () => {
    const lockers = [placeAt('near', 1, { kind: 'locker' })];
    expect(everyChance(new Search({ ...wanting(1), deliverTo: HOME }, stocked(lockers, { near: 5 }), NEAREST))).toEqual([]);
  });
});
