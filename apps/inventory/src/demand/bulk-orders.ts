import { median } from './statistics';

/**
 * The units of a day above which it is taken for bulk business: so many times the product's median day with demand. One shop that takes a
 * thousand at once says little of next week; the forecast learns from such a day as from a good one, no more (winsorizing). That
 * bulk orders do come is seen to by the safety stock, which is measured against what was really sold.
 */
export function bulkLimit(units: readonly number[], timesUsual: number): number {
  return timesUsual * (median(units.filter((sold) => sold > 0)) ?? 0);
}
