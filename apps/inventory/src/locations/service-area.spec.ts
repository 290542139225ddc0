import fc from 'fast-check';
import { delivers, isInside, serviceArea } from './service-area';

type Ring = [number, number][];
const square: Ring = [
  [120, 30],
  [121, 30],
  [121, 31],
  [120, 31],
  [120, 30],
];
/** A square with a bite out of its eastern side. */
const bitten: Ring = [
  [0, 0],
  [4, 0],
  [1, 2],
  [4, 4],
  [0, 4],
  [0, 0],
];
const at = (longitude: number, latitude: number) => ({ longitude, latitude });

describe('a service area', () => {
  it('holds what is inside of it and nothing else', () => {
    expect([at(120.5, 30.5), at(120.01, 30.99)].map((point) => isInside(square, point))).toEqual([true, true]);
    expect([at(119.9, 30.5), at(121.1, 30.5), at(120.5, 31.1)].map((point) => isInside(square, point))).toEqual([
      ...[false, false, false],
    ]);
    expect([at(0.5, 2), at(3, 2), at(3, 0.5)].map((point) => isInside(bitten, point))).toEqual([true, false, true]);
  });

  it('has the same inside whichever way round it is written, and wherever it begins', () => {
    const point = fc.record({
      longitude: fc.double({ min: -1, max: 5, noNaN: true }),
      latitude: fc.double({ min: -1, max: 5, noNaN: true }),
    });
    const turned = fc.nat({ max: bitten.length - 2 }).map((by): Ring => {
      const open = bitten.slice(1);
      return [...open.slice(by), ...open.slice(0, by), open[by] ?? [0, 0]];
    });
    fc.assert(
      fc.property(point, turned, fc.boolean(), (where, ring, backwards) => {
        expect(isInside(backwards ? ring.toReversed() : ring, where)).toBe(isInside(bitten, where));
      }),
    );
  });

  it('is taken as it is given', () => {
    expect(serviceArea(square)).toEqual(square);
    expect(serviceArea(bitten)).toEqual(bitten);
  });

  it.each<[string, string, number[][]]>([
    ['that does not close', 'service-area-not-closed', square.slice(0, 4)],
    ['of too few corners', 'service-area-not-closed', [...square.slice(0, 2), [120, 30]]],
    [
      'that cuts itself',
      'service-area-crosses-itself',
      [
        ...[
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
        ],
        [0, 0],
      ],
    ],
    [
      'that touches itself',
      'service-area-crosses-itself',
      [
        ...[
          [0, 0],
          [2, 0],
          [2, 2],
          [1, 0],
          [0, 2],
        ],
        [0, 0],
      ],
    ],
    [
      'that is a line',
      'service-area-empty',
      [
        ...[
          [0, 0],
          [1, 0],
          [2, 0],
        ],
        [0, 0],
      ],
    ],
    [
      'past a pole',
      'service-area-off-the-map',
      [
        ...[
          [0, 91],
          [1, 0],
          [2, 0],
        ],
        [0, 91],
      ],
    ],
    [
      'of three dimensions',
      'service-area-off-the-map',
      [
        ...[
          [0, 0, 1],
          [1, 0],
          [1, 1],
        ],
        [0, 0, 1],
      ],
    ],
  ])('%s is refused: %s', (_, code, ring) => {
    expect(() => serviceArea(ring)).toThrow(code);
  });
});

describe('a place', () => {
  const shop = { latitude: 30.25, longitude: 120.16 };
  const across = { latitude: 30.25, longitude: 120.17 };

  it('delivers everywhere unless it says where', () => {
    expect(delivers(shop, { latitude: -30, longitude: 0 })).toBe(true);
  });

  it('delivers as far as its radius, 961 meters and no more', () => {
    expect(delivers({ ...shop, serviceRadiusMeters: 961 }, across)).toBe(true);
    expect(delivers({ ...shop, serviceRadiusMeters: 960 }, across)).toBe(false);
  });

  it('delivers in its area, near or far', () => {
    expect(delivers({ ...shop, serviceArea: square }, { latitude: 30.9, longitude: 120.9 })).toBe(true);
    expect(delivers({ ...shop, serviceArea: square }, { latitude: 30.25, longitude: 119.99 })).toBe(false);
  });
});
