import { invalidInput } from '#libs/platform';
import { isDay, type Day } from './business-day';

interface Range {
  least: number;
  most: number;
  /** When the parameter is absent. */
  usual: number;
  whole?: true;
}

/** A number of a query. @throws Problem 400 `invalid-number` */
export function numberIn(name: string, text: string | undefined, { least, most, usual, whole }: Range): number {
  if (text === undefined) return usual;
  const value = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'an integer' : 'a number';
  const detail = `${name} is "${text.slice(0, 40)}".`;
  throw invalidInput('invalid-number', detail, `Send ${name} as ${kind} from ${least} to ${most}, or leave it out for ${usual}.`);
}

/** A day of a path or query. @throws Problem 400 `invalid-day` */
export function dayIn(name: string, text: string): Day {
  if (isDay(text)) return text;
  throw invalidInput('invalid-day', `${name} is "${text.slice(0, 40)}".`, `Send ${name} as a day of the calendar: 2026-03-01.`);
}
