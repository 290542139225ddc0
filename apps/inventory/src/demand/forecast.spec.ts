import fc from 'fast-check';
import { numberOf } from './business-day';
import { forecastDemand, type Past } from './forecast';
import { CANDIDATES, type Method } from './methods';
import { rhythmOf } from './trading-rhythm';

const MONDAY = numberOf('2026-03-02');
const SATURDAY = 5;

/** A product that is all that its place sells, from a Monday on; the place is closed on days without units. */
function pastOf(daily: readonly number[], place: readonly number[] = daily): Past {
  const days = place.flatMap((units, n) => (units > 0 ? [MONDAY + n] : []));
  const through = MONDAY + place.length - 1;
  const rhythm = rhythmOf({ days, units: days.map((day) => place[day - MONDAY] ?? 0), through });
  return { units: days.map((day) => daily[day - MONDAY] ?? 0), rhythm };
}
const weeks = (count: number, units: readonly number[]): number[] => Array.from({ length: count }, () => units).flat();
const sum = (units: readonly number[]): number => units.reduce((total, value) => total + value, 0);
const methods: Method[] = Object.values(CANDIDATES).flat();

describe('a forecast', () => {
  it('of what sells the same every day is the same every day', () => {
    const forecast = forecastDemand(pastOf(weeks(6, [8, 8, 8, 8, 8, 8, 8])), 7);
    expect(forecast).toMatchObject({ pattern: { class: 'smooth' }, units: [8, 8, 8, 8, 8, 8, 8] });
    expect(forecast.deviation).toBeCloseTo(0);
  });

  it('follows the week, and has nothing for the day of rest', () => {
    const { units } = forecastDemand(pastOf(weeks(12, [20, 20, 20, 20, 40, 0, 10])), 7);
    expect(units[SATURDAY]).toBe(0);
    expect(units[4]).toBeGreaterThan(30);
    expect(units[6]).toBeLessThan(15);
  });

  it('follows a trend for a while, and damps it', () => {
    const { expected } = forecastDemand(pastOf(Array.from({ length: 70 }, (_, day) => 50 + day)), 60);
    const [first = 0, second = 0] = [expected.slice(0, 7), expected.slice(7, 14)].map((week) => sum(week) / 7);
    expect(first).toBeGreaterThan(112);
    expect(second).toBeGreaterThan(first);
    expect(second - first).toBeLessThan(7);
  });

  it('of a slow mover spreads its few units over the days, none of them lost', () => {
    const place = weeks(10, [9, 9, 9, 9, 9, 9, 9]);
    const forecast = forecastDemand(pastOf(weeks(10, [0, 2, 0, 0, 0, 0, 0]), place), 28);
    expect(forecast.pattern.class).toBe('intermittent');
    expect(sum(forecast.units)).toBeGreaterThanOrEqual(6);
    expect(sum(forecast.units)).toBeLessThanOrEqual(9);
    expect(Math.max(...forecast.units)).toBe(1);
  });

  it('learns from a bulk order as from a good day, but knows that they come', () => {
    const calm = weeks(8, [5, 6, 4, 5, 6, 4, 5]);
    const bulk = calm.with(30, 5000);
    const place = weeks(8, [99, 99, 99, 99, 99, 99, 99]);
    const [without, with_] = [calm, bulk].map((units) => forecastDemand(pastOf(units, place), 7));
    expect(sum(with_!.units)).toBeLessThan(1.3 * sum(without!.units));
    expect(with_!.deviation).toBeGreaterThan(100 * without!.deviation);
  });

  it('of what never sold is nothing', () => {
    const place = weeks(3, [9, 9, 9, 9, 9, 9, 9]);
    expect(
      forecastDemand(
        pastOf(
          place.map(() => 0),
          place,
        ),
        7,
      ),
    ).toMatchObject({ units: [0, 0, 0, 0, 0, 0, 0], deviation: 0 });
    expect(forecastDemand(pastOf([]), 2).units).toEqual([0, 0]);
  });

  const history = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(200)), { maxLength: 90 });

  it('is whole, never below zero, adds up, and is the same for the same past, whatever the past and the method', () => {
    const anyMethod = fc.constantFrom(undefined, ...methods);
    fc.assert(
      fc.property(history, history, anyMethod, fc.integer({ min: 1, max: 40 }), (daily, others, method, days) => {
        const place = daily.map((units, n) => units + (others[n] ?? 0));
        const forecast = forecastDemand(pastOf(daily, place), days, method);
        expect(forecast.units).toHaveLength(days);
        expect(forecast.units.every((units) => Number.isSafeInteger(units) && units >= 0)).toBe(true);
        expect(sum(forecast.units)).toBe(Math.round(sum(forecast.expected)));
        expect(Number.isFinite(forecast.deviation)).toBe(true);
        expect(forecastDemand(pastOf(daily, place), days, method)).toEqual(forecast);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
