import { classify, type DemandClass } from './demand-class';
import { forecastDemand, type Past } from './forecast';
import { CANDIDATES, USUAL, type Method, type MethodByClass } from './methods';

/** A product as it was known on a day, and what was sold in the days that followed: held out of the forecast. */
export interface HeldOut {
  past: Past;
  /** Units by day. */
  sold: readonly number[];
  /** By day, whether the place sold anything at all: a day on which it was shut tells nothing of a method. */
  traded: readonly boolean[];
}

/**
 * Chooses for each class the candidate that would have been nearest to what was sold: the products of a class decide together, for
 * one product's few weeks say more of chance than of methods. A class without evidence has its usual method.
 */
export function chooseMethods(cases: readonly HeldOut[]): MethodByClass {
  const byClass = new Map<DemandClass, HeldOut[]>();
  for (const held of cases) {
    const { class: name } = classify(held.past.units);
    const alike = byClass.get(name);
    if (alike) alike.push(held);
    else byClass.set(name, [held]);
  }
  const chosen = Object.entries(CANDIDATES).map(([name, candidates]) => {
    const evidence = byClass.get(name as DemandClass) ?? [];
    return [name, evidence.length === 0 ? USUAL[name as DemandClass] : nearest(candidates, evidence)];
  });
  return Object.fromEntries(chosen) as MethodByClass;
}

function nearest(candidates: readonly Method[], cases: readonly HeldOut[]): Method {
  const [first, ...others] = candidates.map((method) => ({ method, missed: missedBy(method, cases) }));
  return others.reduce((best, other) => (other.missed < best.missed ? other : best), first as { method: Method; missed: number })
    .method;
}

/**
 * Units between forecast and fact over all cases, and the units by which all forecasts together were too high or too low. Absolute errors
 * alone would choose what forecasts the median, and demand is so skewed that half of it lies above: shelves would stay
 * empty (Vandeput 2021, Data Science for Supply Chain Forecasting, chapter 2).
 */
function missedBy(method: Method, cases: readonly HeldOut[]): number {
  let missed = 0;
  let tooMuch = 0;
  for (const { past, sold, traded } of cases) {
    const { units } = forecastDemand(past, sold.length, method);
    const above = traded.reduce((sum, open, at) => (open ? sum + (units[at] ?? 0) - (sold[at] ?? 0) : sum), 0);
    missed += Math.abs(above);
    tooMuch += above;
  }
  return missed + Math.abs(tooMuch);
}
