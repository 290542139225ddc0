import fc from 'fast-check';
import { normalQuantile } from './normal-quantile';
import { stockLevels, type Supply } from './reorder-point';

const supply: Supply = { leadTimeDays: 4, leadTimeDeviation: 0, reviewDays: 7, serviceLevel: 0.95 };

describe('the normal quantile', () => {
  it.each([
    [0.5, 0],
    [0.9, 1.281552],
    [0.95, 1.644854],
    [0.99, 2.326348],
    [0.05, -1.644854],
  ])('of %d is %d', (probability, quantile) => {
    expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThan(0.00045);
  });
});

describe('the reorder point', () => {
  it('covers the lead time, and bad luck as often as the service level says', () => {
    // 10 a day over 4 days, and 1.645 times the square root of 4 days at 5 units each.
    expect(stockLevels({ perDay: 10, deviation: 5 }, supply)).toEqual({ safetyStock: 17, reorderPoint: 57, orderUpTo: 127 });
  });

  it('is higher where deliveries cannot be relied on', () => {
    const late = stockLevels({ perDay: 10, deviation: 5 }, { ...supply, leadTimeDeviation: 2 });
    expect(late.safetyStock).toBe(Math.ceil(1.645 * Math.sqrt(4 * 25 + 20 ** 2)));
  });

  it('of what is certain is the demand of the lead time', () => {
    expect(stockLevels({ perDay: 3, deviation: 0 }, supply)).toEqual({ safetyStock: 0, reorderPoint: 12, orderUpTo: 33 });
  });

  it('of what nobody wants is zero', () => {
    expect(stockLevels({ perDay: 0, deviation: 0 }, supply)).toEqual({ safetyStock: 0, reorderPoint: 0, orderUpTo: 0 });
  });

  it('is whole, never falls with the service level, and lies at or below what is ordered up to', () => {
    const positive = fc.double({ min: 0, max: 500, noNaN: true });
    const level = fc.double({ min: 0.5, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(positive, positive, level, level, (perDay, deviation, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((serviceLevel) =>
          stockLevels({ perDay, deviation }, { ...supply, serviceLevel, leadTimeDeviation: 1 }),
        );
        expect(Number.isSafeInteger(low!.reorderPoint) && low!.safetyStock >= 0).toBe(true);
        expect(high!.reorderPoint).toBeGreaterThanOrEqual(low!.reorderPoint);
        expect(low!.orderUpTo).toBeGreaterThanOrEqual(low!.reorderPoint);
      }),
      { seed: 5 },
    );
  });
});
