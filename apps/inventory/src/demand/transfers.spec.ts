import fc from 'fast-check';
import { suggestTransfers, type PlaceLevel } from './transfers';

const place = (location: string, available: number, more: Partial<PlaceLevel> = {}): PlaceLevel => ({
  ...{ location, available, inbound: 0, reorderPoint: 10, orderUpTo: 30, sends: true, latitude: 30, longitude: 120 },
  ...more,
});

describe('suggested transfers', () => {
  it('fill a place up to its level from the nearest place that can spare it', () => {
    const far = place('far', 500, { latitude: 31 });
    const near = place('near', 500, { latitude: 30.1 });
    expect(suggestTransfers([far, near, place('store', 4)])).toEqual({
      transfers: [{ from: 'near', to: 'store', quantity: 26, distanceKm: 11 }],
      shortages: [],
    });
  });

  it('take from several places, and say what has to be bought', () => {
    const { transfers, shortages } = suggestTransfers([place('a', 38), place('b', 40, { latitude: 31 }), place('store', 0)]);
    expect(transfers.map(({ from, quantity }) => [from, quantity])).toEqual([
      ['a', 8],
      ['b', 10],
    ]);
    expect(shortages).toEqual([{ location: 'store', quantity: 12 }]);
  });

  it('leave a place alone that is above its reorder point', () => {
    expect(suggestTransfers([place('a', 500), place('store', 11)])).toEqual({ transfers: [], shortages: [] });
  });

  it('serve first who is worst off, not who is nearest', () => {
    const [dc, near, far] = [place('dc', 50), place('near', 8), place('far', 1, { latitude: 31 })];
    const { transfers } = suggestTransfers([dc, near, far]);
    expect(transfers).toEqual([expect.objectContaining({ to: 'far', quantity: 20 })]);
  });

  it('leave where they are the goods of a place that does not send', () => {
    expect(suggestTransfers([place('locker', 500, { sends: false }), place('store', 0)]).transfers).toEqual([]);
  });

  it('fill up what the books have below zero', () => {
    const nobodyAsks = { reorderPoint: 0, orderUpTo: 0 };
    expect(suggestTransfers([place('a', 50), place('store', -5, nobodyAsks)]).transfers).toMatchObject([
      { to: 'store', quantity: 5 },
    ]);
  });

  it('count what is on its way to a place, and not as something that it could spare', () => {
    expect(suggestTransfers([place('a', 500), place('store', 4, { inbound: 7 })])).toEqual({ transfers: [], shortages: [] });
    expect(suggestTransfers([place('a', 25, { inbound: 500 }), place('store', 0)])).toMatchObject({ transfers: [] });
  });

  const network = fc.array(
    fc.record({
      available: fc.integer({ min: -20, max: 200 }),
      inbound: fc.oneof(fc.constant(0), fc.nat(80)),
      reorderPoint: fc.nat(60),
      review: fc.nat(60),
      sends: fc.boolean(),
      latitude: fc.integer({ min: 28, max: 32 }),
    }),
    { maxLength: 9 },
  );
  const placesOf = (rows: { reorderPoint: number; review: number }[]): PlaceLevel[] =>
    rows.map((row, n) => place(`p${n}`, 0, { ...row, orderUpTo: row.reorderPoint + row.review }));

  it('never take more than a place can spare, never bring more than a place needs, and make no unit and lose none', () => {
    fc.assert(
      fc.property(network, (rows) => {
        const places = placesOf(rows);
        const { transfers, shortages } = suggestTransfers(places);
        const moved = (key: 'from' | 'to', name: string): number =>
          transfers.filter((transfer) => transfer[key] === name).reduce((sum, { quantity }) => sum + quantity, 0);
        for (const { location, available, inbound, reorderPoint, orderUpTo, sends } of places) {
          expect(moved('from', location)).toBeLessThanOrEqual(sends ? Math.max(0, available - orderUpTo) : 0);
          const bought = shortages.find((shortage) => shortage.location === location)?.quantity ?? 0;
          const position = available + inbound;
          const need = position <= reorderPoint ? Math.max(0, orderUpTo - position) : 0;
          expect(moved('to', location) + bought).toBe(need);
        }
        expect(transfers.every(({ quantity, from, to }) => quantity > 0 && from !== to)).toBe(true);
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it('buy only when nobody can spare any more', () => {
    fc.assert(
      fc.property(network, (rows) => {
        const places = placesOf(rows);
        const { transfers, shortages } = suggestTransfers(places);
        const spare = places.filter(({ sends }) => sends).reduce((sum, at) => sum + Math.max(0, at.available - at.orderUpTo), 0);
        const moved = transfers.reduce((sum, { quantity }) => sum + quantity, 0);
        if (shortages.length > 0) expect(moved).toBe(spare);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('do not depend on the order in which places are named', () => {
    fc.assert(
      fc.property(network, (rows) => {
        const places = placesOf(rows);
        expect(suggestTransfers([...places].reverse())).toEqual(suggestTransfers(places));
      }),
      { seed: 5 },
    );
  });
});
