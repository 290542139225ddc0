import fc from 'fast-check';
import { median, medians, percentile, rounded } from './statistics';

const numbers = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });

describe('the median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is no number, so that no bound holds', () => {
    expect(median([])).toBeNaN();
  });

  it('has as many values below it as above it, in whatever order they come', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
      { seed: 1 },
    );
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('of the numbers from 1 to 100 at %d is %d', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  it('is a value that was measured, and so many are not above it', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share);
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length - 1e-6);
      }),
      { seed: 1 },
    );
  });
});

describe('the medians of runs', () => {
  it('are taken name by name, over the runs that have the name', () => {
    expect(medians([{ a: 1, b: 7 }, { a: 3 }, { a: 2, b: 9 }])).toEqual({ a: 2, b: 8 });
  });
});

describe('rounding', () => {
  it.each([
    [0.123456, 0.1235],
    [12.3456, 12.35],
    [31_234.567, 31_235],
    [-4.56789, -4.568],
  ])('makes %d to %d', (value, expected) => {
    expect(rounded(value)).toBe(expected);
  });
});
