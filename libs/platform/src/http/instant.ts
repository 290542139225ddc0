import { invalidInput } from './problems';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The moment that a query parameter names, in UTC; a date is its first moment, and without a zone it is taken as UTC.
 * @throws Problem 400 `invalid-time`
 */
export function instantIn(name: string, text: string): string {
  const time = Date.parse(INSTANT.test(text) && !ZONE.test(text) ? `${text}Z` : text);
  if ((!DATE.test(text) && !INSTANT.test(text)) || Number.isNaN(time) || !isOnCalendar(text)) throw invalidTime(name, text);
  return new Date(time).toISOString();
}

/** The same of a moment that there has been. @throws Problem 400 `invalid-time`, `time-in-the-future` */
export function pastInstantIn(name: string, text: string, now: Date): string {
  const instant = instantIn(name, text);
  if (instant > now.toISOString()) throw inTheFuture(name, instant, now);
  return instant;
}

/** February has no 30th, though `Date` would take it for the 2nd of March. */
function isOnCalendar(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

function invalidTime(name: string, text: string): Error {
  return invalidInput(
    'invalid-time',
    `The query parameter ${name} is "${text.slice(0, 40)}", which is no time.`,
    `Send ${name} as a date like 2026-01-31 or an instant like 2026-01-31T09:30:00Z, a "+" in it as %2B.`,
  );
}

function inTheFuture(name: string, instant: string, now: Date): Error {
  return invalidInput(
    'time-in-the-future',
    `The query parameter ${name} is ${instant}, and here it is ${now.toISOString()}.`,
    `Send ${name} as a moment that has been, or leave it out for now.`,
  );
}
