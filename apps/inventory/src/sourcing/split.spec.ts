import fc from 'fast-check';
import type { StockLine } from '#libs/contracts';
import type { Scored } from './score';
import { FIRST_RULE } from './sourcing-rule';
import { split, type Parts, type Plan } from './split';

type Units = Record<string, Record<string, number>>;

const candidate = (location: string, distanceKm: number, points = distanceKm): Scored => ({ location, distanceKm, points });
const places = [candidate('near', 1), candidate('mid', 5), candidate('far', 20)];
const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 2 },
];
const parts = (limits: Partial<Parts['limits']> = {}, some = places): Parts => ({
  places: some,
  limits: { ...FIRST_RULE, maxParcels: 3, ...limits },
});
const free =
  (units: Units) =>
  (location: string, sku: string): number =>
    units[location]?.[sku] ?? 0;
const cut = (units: Units, by = parts()): Plan | undefined => split(lines, by, free(units));
const A = { sku: 'A', quantity: 2 };
const B = { sku: 'B', quantity: 2 };

describe('an order that no place has whole', () => {
  it('is cut so that together its parcels are all of it', () => {
    expect(cut({ near: { A: 2 }, mid: { B: 5 } })).toEqual({
      parcels: [
        { location: 'near', lines: [A] },
        { location: 'mid', lines: [B] },
      ],
      distanceKm: 5,
      points: 1 + 5 + FIRST_RULE.weights.split,
    });
  });

  it('is cut within a line, too', () => {
    expect(cut({ near: { A: 2, B: 1 }, mid: { B: 1 } })?.parcels).toEqual([
      { location: 'near', lines: [A, { sku: 'B', quantity: 1 }] },
      { location: 'mid', lines: [{ sku: 'B', quantity: 1 }] },
    ]);
  });

  it('is held nowhere when all of them together do not have it', () => {
    expect(cut({ near: { A: 2, B: 1 }, mid: { A: 9 } })).toBeUndefined();
  });

  it('is not cut into more parcels than the rule allows', () => {
    const thin = { near: { A: 2 }, mid: { B: 1 }, far: { B: 1 } };
    expect(cut(thin, parts({ maxParcels: 2 }))).toBeUndefined();
    expect(cut(thin, parts({ maxParcels: 3 }))?.parcels).toHaveLength(3);
  });

  it('is not cut where one place has all of it, though another is nearer', () => {
    expect(cut({ near: { A: 2 }, mid: { A: 2, B: 2 } })?.parcels).toEqual([{ location: 'mid', lines: [A, B] }]);
  });

  it('rather comes in more parcels when those cost fewer points than the way', () => {
    const units = { near: { A: 2, B: 1 }, mid: { B: 1 }, far: { A: 2, B: 2 } };
    const cheap = { weights: { ...FIRST_RULE.weights, split: 5 } };
    expect(cut(units, parts(cheap))?.parcels.map(({ location }) => location)).toEqual(['near', 'mid']);
    expect(cut(units)?.parcels.map(({ location }) => location)).toEqual(['far']);
  });

  it('has no parcel from farther than the rule allows', () => {
    const costly = [candidate('near', 1, 50), candidate('mid', 5), candidate('far', 20)];
    const units = { near: { A: 2 }, mid: { B: 2 }, far: { A: 2 } };
    const chosen = (maxExcessKm: number): string[] | undefined =>
      cut(units, parts({ maxExcessKm }, costly))?.parcels.map(({ location }) => location);
    expect(chosen(25)).toEqual(['mid', 'far']);
    expect(chosen(10)).toEqual(['mid', 'near']);
  });
});

describe('the way in which an order is cut', () => {
  const SKUS = ['A', 'B', 'C'];
  const some = fc.array(fc.record({ km: fc.nat(60), points: fc.nat(60) }), { minLength: 1, maxLength: 6 });
  const shelves = fc.array(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), { minLength: 6, maxLength: 6 });
  const wishes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  const limits = fc.record({ maxParcels: fc.integer({ min: 1, max: 4 }), maxExcessKm: fc.nat(40), split: fc.nat(40) });

  it('is the best of all ways that there are', () => {
    fc.assert(
      fc.property(some, shelves, wishes, limits, (all, units, quantities, { maxParcels, maxExcessKm, split: perParcel }) => {
        const asked: StockLine[] = quantities.map((quantity, n) => ({ sku: SKUS[n]!, quantity }));
        const known = all.map(({ km, points }, n) => candidate(`p${n}`, km, points));
        const at = (location: string, sku: string): number => units[Number(location.slice(1))]![SKUS.indexOf(sku)]!;
        const rule = parts({ maxParcels, maxExcessKm, weights: { ...FIRST_RULE.weights, split: perParcel } }, known);
        const plan = split(asked, rule, at);
        // Every subset by its bits; nothing is shared with the code but the question.
        const ways = Array.from({ length: 2 ** known.length }, (_, bits) => known.filter((_, n) => bits & (1 << n)))
          .filter((chosen) => chosen.length > 0 && chosen.length <= maxParcels)
          .filter((chosen) =>
            asked.every(({ sku, quantity }) => chosen.reduce((sum, { location }) => sum + at(location, sku), 0) >= quantity),
          );
        const kmOf = (chosen: readonly Scored[]): number => Math.max(...chosen.map(({ distanceKm }) => distanceKm));
        const reach = Math.min(...ways.map(kmOf)) + maxExcessKm;
        const costs = ways
          .filter((chosen) => kmOf(chosen) <= reach)
          .map((chosen) => chosen.reduce((sum, { points }) => sum + points, 0) + perParcel * (chosen.length - 1));
        expect(plan?.points).toEqual(costs.length > 0 ? Math.min(...costs) : undefined);
        if (!plan) return;
        expect(plan.distanceKm).toBeLessThanOrEqual(reach);
        for (const { sku, quantity } of asked) {
          const taken = plan.parcels.flatMap((parcel) => parcel.lines.filter((line) => line.sku === sku));
          expect(taken.reduce((sum, line) => sum + line.quantity, 0)).toBe(quantity);
        }
        for (const { location, lines: held } of plan.parcels) {
          expect(held.length).toBeGreaterThan(0);
          expect(held.every(({ sku, quantity }) => quantity <= at(location, sku))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
