import { bulkLimit } from './bulk-orders';
import { weekdayOf } from './business-day';
import { classify, type DemandPattern } from './demand-class';
import { smootherOf, USUAL, type Method } from './methods';
import type { TradingRhythm } from './trading-rhythm';
import { wholeUnits } from './whole-units';

/** One product at one place, up to the last day that is known. */
export interface Past {
  /** Units by trading day, beside `rhythm.days`. */
  units: readonly number[];
  rhythm: TradingRhythm;
}

export interface Forecast {
  pattern: DemandPattern;
  method: Method;
  /** Units by day, from the day after the last that is known; whole, never below zero. */
  units: number[];
  /** Expected units by day, before rounding. */
  expected: number[];
  /** How far a calendar day is usually from what was expected the day before, in units (root mean square). */
  deviation: number;
}

/** Trading days from which a first belief is made. */
const BEGINNING = 6;

/**
 * What a product will sell on each of the next `days` days. Looks at nothing but `past`; the same past gives the same forecast.
 * Without a `method` the product's class chooses one.
 */
export function forecastDemand(past: Past, days: number, method?: Method): Forecast {
  const pattern = classify(past.units);
  const chosen = method ?? USUAL[pattern.class];
  const { expected, deviation } = learned(past, days, chosen);
  return { pattern, method: chosen, units: wholeUnits(expected), expected, deviation };
}

function learned({ units, rhythm }: Past, days: number, method: Method): { expected: number[]; deviation: number } {
  const { openness, weekdayIndex, through } = rhythm;
  const smoother = smootherOf(method);
  const limit = bulkLimit(units, method.bulkFrom);
  const typical = units.map((quantity) => Math.min(quantity, limit));
  let state = smoother.begin(typical.slice(0, BEGINNING));
  let squares = 0;
  for (const [at, quantity] of typical.entries()) {
    const index = weekdayIndex[weekdayOf(rhythm.days[at] ?? 0)] ?? 1;
    squares += ((units[at] ?? 0) - smoother.rate(state, 1) * index) ** 2;
    state = smoother.observe(state, quantity, index);
  }
  let ahead = 0;
  const expected = Array.from({ length: days }, (_, n) => {
    const weekday = weekdayOf(through + 1 + n);
    const open = openness[weekday] ?? 1;
    ahead += open;
    return smoother.rate(state, ahead) * open * (weekdayIndex[weekday] ?? 1);
  });
  return { expected, deviation: deviationOf(squares, units.length, openness) };
}

/** The place does not trade every day, so a calendar day varies less than a trading day. */
function deviationOf(squares: number, tradingDays: number, openness: readonly number[]): number {
  const open = openness.reduce((sum, share) => sum + share, 0) / Math.max(1, openness.length);
  return tradingDays === 0 ? 0 : Math.sqrt((squares / tradingDays) * open);
}
