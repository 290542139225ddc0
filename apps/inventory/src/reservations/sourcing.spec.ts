import type { LocationKind } from '#libs/contracts';
import { carriersOf, everyChance, nearby, type Carrier, type Place, type Wanted } from './sourcing';

const customer = { latitude: 30.25, longitude: 120.16 };
const wanted: Wanted = {
  demand: 'online-order',
  lines: [
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ],
  deliverTo: customer,
};
/** A place so many hundredths of a degree to the north of the customer. */
const place = (location: string, north: number, stocked: { carried: number; sufficient: number }): Carrier => ({
  location,
  latitude: customer.latitude + north / 100,
  longitude: customer.longitude,
  ...stocked,
});
const full = { carried: 2, sufficient: 2 };
const soldOut = { carried: 2, sufficient: 0 };
const half = { carried: 1, sufficient: 1 };
const names = (candidates: { location: string }[]): string[] => candidates.map(({ location }) => location);

describe('the places that carry something of an order', () => {
  const at = (location: string, kind: LocationKind): [string, Place] => [location, { location, kind, ...customer }];
  const places = new Map([at('dc', 'warehouse'), at('shop', 'corner-shop'), at('box', 'locker')]);
  const shelf = (...units: [string, number][]): Map<string, number> => new Map(units);
  const found = (...shelves: Map<string, number>[]): object[] =>
    carriersOf(wanted, { shelves, places }).map(({ location, carried, sufficient }) => ({ location, carried, sufficient }));

  it('come with how many of the SKUs they have carried, and for how many lines they seem to have enough', () => {
    expect(found(shelf(['dc', 5], ['shop', 0]), shelf(['dc', 0]))).toEqual([
      { location: 'dc', carried: 2, sufficient: 1 },
      { location: 'shop', carried: 1, sufficient: 0 },
    ]);
  });

  it('have what their policy lets the channel of the order have', () => {
    const shared = new Map([['dc', { storefront: 0, hema: 9, lingshoutong: 3 }]]);
    const sufficient = (more: Partial<Wanted>): number[] =>
      carriersOf({ ...wanted, ...more, lines: wanted.lines.slice(0, 1) }, { shelves: [shared], places }).map(
        (at) => at.sufficient,
      );
    expect(sufficient({})).toEqual([0]);
    expect(sufficient({ demand: 'supply-order' })).toEqual([1]);
    expect(sufficient({ demand: 'direct', channel: 'hema' })).toEqual([1]);
  });

  it('are of a kind that may give: no locker, and no shop to a shop', () => {
    expect(found(shelf(['box', 5]), shelf())).toEqual([]);
    const supply: Wanted = { ...wanted, demand: 'supply-order' };
    expect(carriersOf(supply, { shelves: [shelf(['shop', 5], ['dc', 5])], places })).toMatchObject([{ location: 'dc' }]);
  });

  it('are known places', () => {
    expect(found(shelf(['nowhere', 5]))).toEqual([]);
  });
});

describe('places nearby', () => {
  it('are the three nearest that seem to have everything', () => {
    const places = [
      ...[place('far', 40, full), place('near', 1, full), place('sold-out', 2, soldOut)],
      ...[place('half', 3, half), place('third', 30, full), place('second', 20, full)],
    ];
    expect(names(nearby(wanted, places))).toEqual(['near', 'second', 'third']);
  });

  it('come with their distance, and in order of their names where they are equally far', () => {
    expect(nearby(wanted, [place('b', 1, full), place('a', 1, full)])).toEqual([
      { location: 'a', distanceKm: expect.closeTo(1.112, 3) as number },
      { location: 'b', distanceKm: expect.closeTo(1.112, 3) as number },
    ]);
  });

  it('are any three when the order needs no goods', () => {
    const places = [1, 2, 3, 4].map((n) => place(`p${n}`, n, { carried: 0, sufficient: 0 }));
    expect(names(nearby({ ...wanted, lines: [] }, places))).toEqual(['p1', 'p2', 'p3']);
  });
});

describe('the places of a customer who was erased', () => {
  const nowhere = { ...wanted, deliverTo: null };

  it('are equally far, and asked in order of their names', () => {
    const places = [place('b', 1, full), place('c', 40, full), place('a', 20, full), place('d', 2, full)];
    expect(nearby(nowhere, places)).toEqual(['a', 'b', 'c'].map((location) => ({ location, distanceKm: 0 })));
  });
});

describe('every chance', () => {
  it('is all places that carry every SKU, nearest first, also those that seem sold out', () => {
    const places = [place('far', 40, full), place('sold-out', 2, soldOut), place('half', 1, half)];
    expect(names(everyChance(wanted, places))).toEqual(['sold-out', 'far']);
  });

  it('is ten places at most, and what seems to have the goods is not crowded out by nearer ones that do not', () => {
    const soldOutNearby = Array.from({ length: 12 }, (_, n) => place(`p${10 + n}`, n, soldOut));
    const found = names(everyChance(wanted, [...soldOutNearby, place('full', 90, full)]));
    expect([found.length, found.at(-1)]).toEqual([10, 'full']);
  });

  it('is the place that comes closest where nobody carries everything', () => {
    expect(names(everyChance(wanted, [place('other', 1, { carried: 1, sufficient: 0 }), place('half', 2, half)]))).toEqual([
      'half',
    ]);
    expect(everyChance(wanted, [])).toEqual([]);
  });
});
