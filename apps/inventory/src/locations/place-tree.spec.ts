import fc from 'fast-check';
import type { GeoPoint } from '#libs/contracts';
import { greatCircleKm } from './great-circle';
import { PlaceTree } from './place-tree';

/** Also the poles, the date line, and many points on one spot. */
const degree = (most: number): fc.Arbitrary<number> =>
  fc.oneof(fc.double({ min: -most, max: most, noNaN: true }), fc.constantFrom(-most, 0, most), fc.integer({ min: 20, max: 23 }));
const point: fc.Arbitrary<GeoPoint> = fc.record({ latitude: degree(90), longitude: degree(180) });
const points = fc.array(fc.option(point, { nil: undefined, freq: 10 }), { maxLength: 60 });

describe('the places around a point', () => {
  it('are the same as by looking at every place', () => {
    fc.assert(
      fc.property(points, point, fc.double({ min: 0, max: 21_000, noNaN: true }), (places, center, km) => {
        const found = new PlaceTree(places).within(km, center).sort((a, b) => a - b);
        const kmOf = (n: number): number => greatCircleKm(places[n]!, center);
        const all = places.flatMap((place, n) => (place ? [n] : []));
        // Near the antipode, chords of a hair's difference are kilometers apart; there more than asked for may be found.
        const slack = km > 19_000 ? 100 : 0.05;
        expect(found.every((n) => kmOf(n) <= km + slack)).toBe(true);
        expect(all.filter((n) => kmOf(n) <= km).every((n) => found.includes(n))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the nearest place that will do', () => {
  it('is the same as by looking at every place', () => {
    fc.assert(
      fc.property(points, point, fc.nat({ max: 3 }), (places, center, remainder) => {
        const accepts = (n: number): boolean => n % 4 !== remainder;
        const found = new PlaceTree(places).nearest(center, accepts);
        const kms = places.flatMap((place, n) => (place && accepts(n) ? [greatCircleKm(place, center)] : []));
        if (kms.length === 0) expect(found).toBeUndefined();
        else expect(greatCircleKm(places[found ?? -1]!, center)).toBeCloseTo(Math.min(...kms), 1);
      }),
      { numRuns: 500 },
    );
  });

  it('is the first in the list of those on one spot', () => {
    const spot = { latitude: 30, longitude: 120 };
    expect(new PlaceTree([spot, spot, spot]).nearest(spot, (n) => n > 0)).toBe(1);
  });

  it('is found without looking at all of them', () => {
    const places = Array.from({ length: 1000 }, (_, n) => ({ latitude: (n % 32) / 10, longitude: Math.floor(n / 32) / 10 }));
    let looks = 0;
    const tree = new PlaceTree(places);
    expect(tree.nearest({ latitude: 1.01, longitude: 1.01 }, () => ++looks > 0)).toBe(330);
    expect(looks).toBeLessThan(30);
  });
});
