import type { Outcome } from '../../../../apps/inventory/src/demand/accuracy';
import { weekdayOf } from '../../../../apps/inventory/src/demand/business-day';
import { chooseMethods, type HeldOut } from '../../../../apps/inventory/src/demand/choose-method';
import { classify, type DemandClass } from '../../../../apps/inventory/src/demand/demand-class';
import { MEMORY_DAYS } from '../../../../apps/inventory/src/demand/demand-history';
import { forecastDemand, type Past } from '../../../../apps/inventory/src/demand/forecast';
import type { MethodByClass } from '../../../../apps/inventory/src/demand/methods';
import { rhythmOf, type TradingRhythm } from '../../../../apps/inventory/src/demand/trading-rhythm';
import type { HouseDemand } from './books-demand';
import { seasonalNaive } from './seasonal-naive';

/** One product in one week: what was foretold on the eve of it, and what came. */
export interface SkuWeek {
  sku: string;
  /** Day number of the Monday. */
  week: number;
  class: DemandClass;
  ours: Outcome;
  baseline: Outcome;
}

export interface Backtest {
  methods: MethodByClass;
  /** Mondays of the weeks that methods were chosen on, and of those that count. The former all end before the latter begin. */
  chosenOn: number[];
  testedOn: number[];
  results: SkuWeek[];
}

const WEEK = 7;
const FEWEST_WEEKS = 3;
/** Of the full weeks, the last third is for the test. */
const TEST_SHARE = 1 / 3;
/** More would make the choice slower, not better. */
const MOST_WEEKS_TO_CHOOSE_ON = 8;

/**
 * Rolling origin: on the eve of every test week each product is forecast from what was known by then, and the sum of the week is compared
 * with what came. Methods are chosen on weeks before the test and stay. Every product counts that ever sold in the books, also
 * in weeks before its first sale: there nothing is foretold, and what comes is missed.
 * @throws Error when there are fewer than three full weeks from Monday to Sunday
 */
export function backtest(house: HouseDemand): Backtest {
  const weeks = fullWeeks(house);
  if (weeks.length < FEWEST_WEEKS) {
    throw new Error(`The books have ${weeks.length} full weeks from Monday to Sunday; a backtest needs ${FEWEST_WEEKS}.`);
  }
  const testedOn = weeks.slice(-Math.ceil(weeks.length * TEST_SHARE));
  const [firstTest = 0] = testedOn;
  const earlier = weeks.filter((week) => week < firstTest && week >= house.from + WEEK && traded(house, week).includes(true));
  const chosenOn = earlier.slice(-MOST_WEEKS_TO_CHOOSE_ON);
  const methods = chooseMethods(chosenOn.flatMap((week) => [...casesOf(house, week)].map(({ held }) => held)));
  return { methods, chosenOn, testedOn, results: testedOn.flatMap((week) => tested(house, week, methods)) };
}

function fullWeeks({ from, through }: HouseDemand): number[] {
  const firstMonday = from + ((WEEK - weekdayOf(from)) % WEEK);
  const count = Math.max(0, Math.floor((through + 1 - firstMonday) / WEEK));
  return Array.from({ length: count }, (_, n) => firstMonday + n * WEEK);
}

function tested(house: HouseDemand, week: number, methods: MethodByClass): SkuWeek[] {
  return [...casesOf(house, week)].map(({ sku, held, lastWeek }) => {
    const { class: name } = classify(held.past.units);
    const forecast = sum(forecastDemand(held.past, WEEK, methods[name]).units);
    const actual = sum(held.sold);
    return { sku, week, class: name, ours: { forecast, actual }, baseline: { forecast: sum(lastWeek), actual } };
  });
}

/** Every product as it was known when the week began. What came is beside it and not within. */
function* casesOf(house: HouseDemand, week: number): Generator<{ sku: string; held: HeldOut; lastWeek: number[] }> {
  const known = week - house.from;
  const rhythm = knownRhythm(house, known);
  const open = traded(house, week);
  for (const [sku, units] of house.products) {
    const past: Past = { units: rhythm.days.map((day) => units[day - house.from] ?? 0), rhythm };
    const held = { past, sold: units.slice(known, known + WEEK), traded: open };
    yield { sku, held, lastWeek: seasonalNaive(units.slice(0, known)) };
  }
}

/** The trading days among the first `known` days, of which the oldest may be forgotten. */
function knownRhythm(house: HouseDemand, known: number): TradingRhythm {
  const { from } = house;
  const days: number[] = [];
  const units: number[] = [];
  for (let at = Math.max(0, known - MEMORY_DAYS); at < known; at++) {
    const sold = soldOn(house, at);
    if (sold > 0) {
      days.push(from + at);
      units.push(sold);
    }
  }
  return rhythmOf({ days, units, through: from + known - 1 });
}

/** On which days of a week the house sold anything. */
function traded(house: HouseDemand, week: number): boolean[] {
  return Array.from({ length: WEEK }, (_, n) => soldOn(house, week - house.from + n) > 0);
}

function soldOn({ products }: HouseDemand, at: number): number {
  let sold = 0;
  for (const units of products.values()) sold += units[at] ?? 0;
  return sold;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
