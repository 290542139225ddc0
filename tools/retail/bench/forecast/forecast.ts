import { bias, wape } from '../../../../apps/inventory/src/demand/accuracy';
import { dayAt } from '../../../../apps/inventory/src/demand/business-day';
import type { DemandClass } from '../../../../apps/inventory/src/demand/demand-class';
import { USUAL } from '../../../../apps/inventory/src/demand/methods';
import { UsageError } from '../../command';
import { bars } from '../frame/bars';
import type { Bench, Measured, Setting } from '../frame/bench';
import { rounded, roundedAll, type Numbers } from '../frame/statistics';
import { backtest, type Backtest, type SkuWeek } from './backtest';
import { demandIn, type HouseDemand } from './books-demand';
import { syntheticDemand } from './synthetic-books';

const SEED = 1;
const BASELINE = 'seasonal naive: each day as the same weekday of the week before';

/**
 * How good the forecasts of `apps/inventory/src/demand` are, in products and weeks: what was foretold for the last weeks of some books
 * against what came, beside the seasonal naive forecast. FILE is a trading file as `retail replay` takes it. Both
 * errors are WAPE over all products and weeks; status 1 when ours is not the smaller one.
 */
export const forecast: Bench = {
  reads: true,
  size: { seconds: 1, concurrency: 1, runs: 1, events: 1 },
  figures: [
    { name: 'error', unit: '' },
    { name: 'baselineError', unit: '' },
  ],
  async measure({ file, say }: Setting): Promise<Measured> {
    const demand = file === undefined ? syntheticDemand(SEED) : await read(file, say);
    if (file === undefined) say('No FILE: the books are made up, so that the errors say that it works and not how well.');
    const tested = backtest(demand);
    const numbers = errorsOf(tested.results);
    return {
      runs: [numbers],
      also: { books: file === undefined ? 'synthetic' : 'file', bias: rounded(numbers.bias), ...details(tested) },
      faults: numbers.error < numbers.baselineError ? [] : [tooFarOff(numbers)],
      notes: inWords(tested),
    };
  },
};

async function read(file: string, say: Setting['say']): Promise<HouseDemand> {
  let broken = 0;
  const demand = await demandIn(file, () => broken++);
  if (broken > 0) say(`${broken} rows of the books cannot be read and are left out.`);
  if (demand.products.size === 0) throw new UsageError(`${file} has no sales. Name a trading file: retail bench forecast FILE.`);
  return demand;
}

interface Errors extends Numbers {
  error: number;
  baselineError: number;
  bias: number;
}

function errorsOf(results: readonly SkuWeek[]): Errors {
  const ours = results.map((result) => result.ours);
  return { error: wape(ours), baselineError: wape(results.map(({ baseline }) => baseline)), bias: bias(ours) };
}

function tooFarOff({ error, baselineError }: Errors): string {
  return `error is ${rounded(error)}, but has to be below the baseline's, which is ${rounded(baselineError)}`;
}

function details({ methods, chosenOn, testedOn, results }: Backtest): object {
  return {
    baseline: BASELINE,
    skuWeeks: results.length,
    byClass: byClass(results).map(([name, group]) => ({
      class: name,
      method: methods[name],
      ...figures(group),
    })),
    byWeek: grouped(results, ({ week }) => week).map(([week, group]) => ({ week: dayAt(week), ...figures(group) })),
    chosenOn: chosenOn.map(dayAt),
    testedOn: testedOn.map(dayAt),
  };
}

function figures(group: readonly SkuWeek[]): Numbers {
  const units = group.reduce((sum, { ours }) => sum + ours.actual, 0);
  return { skuWeeks: group.length, units, ...roundedAll(errorsOf(group)) };
}

function inWords({ results }: Backtest): string[] {
  const lines = (title: string, group: readonly SkuWeek[]): string[] => {
    const { error, baselineError } = errorsOf(group);
    return [
      title,
      ...bars([
        { label: 'ours', value: error, unit: '' },
        { label: 'seasonal naive', value: baselineError, unit: '' },
      ]),
    ];
  };
  return [
    ...lines('All products and weeks, units off per unit sold', results),
    ...byClass(results).flatMap(([name, group]) => lines(`${name}, ${group.length} product weeks`, group)),
  ];
}

/** In the order of the classes. */
function byClass(results: readonly SkuWeek[]): [DemandClass, SkuWeek[]][] {
  const order = Object.keys(USUAL);
  return grouped(results, (result) => result.class).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

function grouped<K>(results: readonly SkuWeek[], keyOf: (result: SkuWeek) => K): [K, SkuWeek[]][] {
  const groups = new Map<K, SkuWeek[]>();
  for (const result of results) {
    const group = groups.get(keyOf(result));
    if (group) group.push(result);
    else groups.set(keyOf(result), [result]);
  }
  return [...groups];
}
