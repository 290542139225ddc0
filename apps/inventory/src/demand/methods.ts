import { croston, type Croston } from './croston';
import type { DemandClass } from './demand-class';
import { holtWinters, type HoltWinters } from './holt-winters';
import type { Smoother } from './smoother';
import { tsb, type Tsb } from './tsb';

/** A way to forecast, with all that can be set on it. */
export type Method = (HoltWinters | Croston | Tsb) & {
  /** From how many times its usual day on a product's day is bulk business. */
  bulkFrom: number;
};

/** Which method forecasts the products of each class. */
export type MethodByClass = Readonly<Record<DemandClass, Method>>;

export function smootherOf(method: Method): Smoother<unknown> {
  if (method.name === 'holt-winters') return holtWinters(method);
  return method.name === 'tsb' ? tsb(method) : croston(method);
}

const LEVEL_WEIGHTS = [0.05, 0.1, 0.2, 0.3];
const INTERVAL_WEIGHTS = [0.05, 0.1, 0.2];
const CHANCE_WEIGHTS = [0.05, 0.1, 0.2];
const BULK_FROM = [1.5, 2, 3, 5];

/** Each of `settings` with each limit for bulk business. */
const withBulk = <M>(settings: readonly M[]): (M & { bulkFrom: number })[] =>
  BULK_FROM.flatMap((bulkFrom) => settings.map((method) => ({ ...method, bulkFrom })));

const levels: Method[] = withBulk(
  LEVEL_WEIGHTS.map((level) => ({ name: 'holt-winters' as const, level, trend: 0.05, damping: 0.9 })),
);
const chances: Method[] = withBulk(CHANCE_WEIGHTS.map((probability) => ({ name: 'tsb' as const, size: 0.2, probability })));
const intervals: Method[] = withBulk(INTERVAL_WEIGHTS.map((weight) => ({ name: 'croston-sba' as const, weight })));

/**
 * What is worth trying per class. What sells nearly every day has a level, what sells now and then has sizes and intervals; a product
 * with a single demand has not even an interval.
 */
export const CANDIDATES: Readonly<Record<DemandClass, readonly Method[]>> = {
  smooth: levels,
  erratic: levels,
  intermittent: [...intervals, ...chances],
  lumpy: [...intervals, ...chances],
  new: chances,
};

/** Where there is not enough history to choose by: what a wholesaler's first month of books chose, a little calmer. */
export const USUAL: MethodByClass = {
  smooth: { name: 'holt-winters', level: 0.2, trend: 0.05, damping: 0.9, bulkFrom: 3 },
  erratic: { name: 'holt-winters', level: 0.1, trend: 0.05, damping: 0.9, bulkFrom: 3 },
  intermittent: { name: 'croston-sba', weight: 0.1, bulkFrom: 3 },
  lumpy: { name: 'tsb', size: 0.2, probability: 0.1, bulkFrom: 3 },
  new: { name: 'tsb', size: 0.2, probability: 0.2, bulkFrom: 3 },
};
