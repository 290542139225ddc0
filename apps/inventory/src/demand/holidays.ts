import { median } from './statistics';

/** How many times its usual gap between trading days a place must pause for it to be a holiday and no day of rest. */
const LONG = 3;

/**
 * Finds the days on which a place was shut for longer than it ever is in an ordinary week, from its trading days alone, oldest
 * first. A corner shop that sells once in ten days has long gaps as a rule, and no holidays.
 */
export function holidaysIn(days: readonly number[]): (day: number) => boolean {
  const gaps = days.slice(1).map((day, at) => ({ from: days[at] ?? day, to: day }));
  const usual = median(gaps.map(({ from, to }) => to - from)) ?? 1;
  const holidays = gaps.filter(({ from, to }) => to - from > LONG * usual);
  return (day) => holidays.some(({ from, to }) => day > from && day < to);
}
