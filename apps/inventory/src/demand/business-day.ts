/** A day of business as people write it: `2026-03-01`. Days begin at midnight UTC. */
export type Day = string;

const DAY_MS = 86_400_000;
/** January 1, 1970, was a Thursday; weeks begin on Monday. */
const WEEKDAY_OF_DAY_0 = 3;

/** Whether a text is a day of the calendar; February 30 is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayAt(numberOf(text)) === text;
}

/** The day in which a moment lies. */
export const dayOf = (moment: string): Day => moment.slice(0, 10);

/** Days since January 1, 1970: what a rule counts with. */
export const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`) / DAY_MS;

export const dayAt = (number: number): Day => dayOf(new Date(number * DAY_MS).toISOString());

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (number: number): number => (number + WEEKDAY_OF_DAY_0) % 7;
