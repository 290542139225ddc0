import { weekdayOf } from './business-day';
import { holidaysIn } from './holidays';
import { mean, median } from './statistics';

/** The days on which a place sold anything at all, oldest first, as day numbers, and how much it sold. */
export interface TradingCalendar {
  days: readonly number[];
  units: readonly number[];
  /** The last day that is known, also when nothing was sold on it. */
  through: number;
}

/** How trade at a place follows the week. */
export interface TradingRhythm extends TradingCalendar {
  /** By weekday, Monday first: in which share of the last weeks the place traded. A shop that rests on Saturday has 0 there. */
  openness: readonly number[];
  /** By weekday: how a trading day compares with the others of its week; 1 is as good as any. */
  weekdayIndex: readonly number[];
}

const WEEK = 7;
/** Opening hours change: what counts is whether a place was open lately. */
const OPENNESS_WEEKS = 4;
/** This many imaginary ordinary weeks keep an index near 1 until there is evidence. */
const PRIOR_WEEKS = 2;

/**
 * Learns the week of a place from all that it sold: one product alone sells too little to tell a quiet Sunday from chance (group
 * seasonal indices; Dekker, van Donselaar and Ouwehand 2004). A week without any trade is a holiday and says nothing of
 * weekdays.
 */
export function rhythmOf(calendar: TradingCalendar): TradingRhythm {
  const weeks = weeksOf(calendar);
  const weekdays = Array.from({ length: WEEK }, (_, weekday) => weekday);
  return {
    ...calendar,
    openness: weekdays.map((weekday) => opennessOf(weekday, weeks.slice(0, OPENNESS_WEEKS), calendar)),
    weekdayIndex: weekdays.map((weekday) => indexOf(weekday, weeks)),
  };
}

/** Seven days that end on `last`, with what was sold on each weekday that traded. */
interface Week {
  last: number;
  units: ReadonlyMap<number, number>;
}

/** Weeks with any trade, counted back from the last day that is known; the latest first. */
function weeksOf({ days, units, through }: TradingCalendar): Week[] {
  const weeks = new Map<number, Map<number, number>>();
  for (const [at, day] of days.entries()) {
    const ago = Math.floor((through - day) / WEEK);
    const week = weeks.get(ago) ?? new Map<number, number>();
    weeks.set(ago, week.set(weekdayOf(day), units[at] ?? 0));
  }
  return [...weeks].sort(([a], [b]) => a - b).map(([ago, sold]) => ({ last: through - ago * WEEK, units: sold }));
}

/** Days before a place opened its doors and holidays do not count, and a weekday that was never seen is taken for open. */
function opennessOf(weekday: number, weeks: readonly Week[], { days }: TradingCalendar): number {
  const isHoliday = holidaysIn(days);
  const known = weeks.filter(({ last }) => {
    const day = last - ((weekdayOf(last) - weekday + WEEK) % WEEK);
    return day >= (days[0] ?? Infinity) && !isHoliday(day);
  });
  const open = known.filter(({ units }) => units.has(weekday)).length;
  return known.length === 0 ? 1 : open / known.length;
}

/** The median over the weeks, which one extraordinary day does not move, drawn towards 1 while weeks are few. */
function indexOf(weekday: number, weeks: readonly Week[]): number {
  const ratios = weeks.flatMap(({ units }) => {
    const usual = mean([...units.values()]);
    const sold = units.get(weekday);
    return sold === undefined || usual <= 0 ? [] : [sold / usual];
  });
  return ((median(ratios) ?? 1) * ratios.length + PRIOR_WEEKS) / (ratios.length + PRIOR_WEEKS);
}
