import { numberOf, weekdayOf } from '../../../../apps/inventory/src/demand/business-day';
import { seeded } from '../checkout/orders';
import type { HouseDemand } from './books-demand';

const FIRST_MONDAY = '2026-01-05';
const WEEKS = 14;
const PRODUCTS = 400;
/** Monday first; the house rests on Saturday. */
const WEEKDAYS = [1, 0.9, 1, 1.1, 1.3, 0, 0.6];
/** A week in which nothing is sold. */
const HOLIDAY_WEEK = 6;
const BULK_SHARE = 0.01;
const BULK_UNITS = 40;

/**
 * The demand of a house that never was, for whoever has no books at hand: slow and fast movers, busy and quiet weekdays, trends, a
 * holiday and now and then a bulk order. The same for the same seed.
 */
export function syntheticDemand(seed: number): HouseDemand {
  const random = seeded(seed);
  const from = numberOf(FIRST_MONDAY);
  const products = Array.from({ length: PRODUCTS }, (_, n) => [`BOOK-${n}`, sales(from, random)] as const);
  return { from, through: from + 7 * WEEKS - 1, products: new Map(products) };
}

/** From a sale in a month to a dozen a day, with a trend of its own. */
function sales(from: number, random: () => number): number[] {
  const ordersPerDay = 0.03 * 400 ** random();
  const growth = (random() - 0.5) * 0.01;
  const usualUnits = 1 + 11 * random();
  return Array.from({ length: 7 * WEEKS }, (_, day) => {
    if (Math.floor(day / 7) === HOLIDAY_WEEK) return 0;
    const orders = poisson(ordersPerDay * (1 + growth * day) * (WEEKDAYS[weekdayOf(from + day)] ?? 1), random);
    return Array.from({ length: orders }, () => orderUnits(usualUnits, random)).reduce((sum, units) => sum + units, 0);
  });
}

function orderUnits(usual: number, random: () => number): number {
  const units = Math.ceil(-Math.log(1 - random()) * usual);
  return random() < BULK_SHARE ? units * BULK_UNITS : units;
}

/** Knuth's way: as many as fit before a product of chances falls below e^-mean. */
function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let chance = random(); chance > Math.exp(-mean); chance *= random()) count++;
  return count;
}
