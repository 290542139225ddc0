import { dayAt, numberOf } from '../../../../apps/inventory/src/demand/business-day';
import { bias, wape } from '../../../../apps/inventory/src/demand/accuracy';
import { backtest, type SkuWeek } from './backtest';
import type { HouseDemand } from './books-demand';
import { seasonalNaive } from './seasonal-naive';
import { syntheticDemand } from './synthetic-books';

const house = syntheticDemand(7);
const { testedOn, chosenOn, results } = backtest(house);
const [firstTest = 0] = testedOn;

/** The same books, with something else from a day on. */
const rewritten = (from: number, units: (before: number) => number): HouseDemand => ({
  ...house,
  products: new Map(
    [...house.products].map(([sku, daily]) => [sku, daily.map((sold, at) => (house.from + at >= from ? units(sold) : sold))]),
  ),
});
const foretold = (all: readonly SkuWeek[], week: number): object[] =>
  all
    .filter((result) => result.week === week)
    .map(({ sku, ours, baseline }) => ({ sku, ours: ours.forecast, naive: baseline.forecast }));

describe('a backtest', () => {
  it('tests the last third of the full weeks, every product in each, and chooses on weeks before', () => {
    expect(testedOn.map(dayAt)).toEqual(['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30', '2026-04-06']);
    expect(Math.max(...chosenOn) + 7).toBeLessThanOrEqual(firstTest);
    expect(results).toHaveLength(house.products.size * testedOn.length);
  });

  it('does not peek: what comes in or after a week changes nothing that was foretold for it', () => {
    const other = backtest(rewritten(firstTest, (sold) => 3 * sold + 1));
    expect(foretold(other.results, firstTest)).toEqual(foretold(results, firstTest));
    expect(other.methods).toEqual(backtest(house).methods);
  });

  it('does learn from the day before: the control', () => {
    const other = backtest(rewritten(firstTest - 1, (sold) => 3 * sold + 1));
    expect(foretold(other.results, firstTest)).not.toEqual(foretold(results, firstTest));
  });

  it('beats the seasonal naive forecast on books with weekdays, slow movers and bulk orders', () => {
    expect(wape(results.map(({ ours }) => ours))).toBeLessThan(wape(results.map(({ baseline }) => baseline)));
  });

  it('needs three full weeks', () => {
    const short = { from: numberOf('2026-01-06'), through: numberOf('2026-01-25'), products: new Map([['A', [1, 2, 3]]]) };
    expect(() => backtest(short)).toThrow('2 full weeks');
  });
});

describe('the baseline', () => {
  it('has each day as the same weekday of the week before', () => {
    expect(seasonalNaive([9, 9, 1, 2, 3, 4, 5, 6, 7])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('errors', () => {
  const outcomes = [
    { forecast: 10, actual: 8 },
    { forecast: 0, actual: 2 },
    { forecast: 5, actual: 0 },
  ];

  it('are units off per unit sold', () => {
    expect(wape(outcomes)).toBeCloseTo(9 / 10);
  });

  it('lean to one side by what all together are too high', () => {
    expect(bias(outcomes)).toBeCloseTo(5 / 10);
  });

  it('of nothing sold are no number', () => {
    expect(wape([{ forecast: 1, actual: 0 }])).toBe(Infinity);
  });
});
