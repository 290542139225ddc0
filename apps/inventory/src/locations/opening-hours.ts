import { WEEKDAYS, type OpenHours, type WeeklyHours } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';

export const OPENS_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/;
export const CLOSES_PATTERN = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const MINUTES_A_DAY = 24 * 60;
const DAYS_AHEAD = 7;

/** Each day in the order of its hours, days off left out. Refuses hours that overlap or end before they begin. */
export function weeklyHours(given: WeeklyHours): WeeklyHours {
  const week: WeeklyHours = {};
  for (const day of WEEKDAYS) {
    const hours = (given[day] ?? []).map(({ opens, closes }) => ({ opens, closes }));
    if (hours.length === 0) continue;
    week[day] = hours.sort((a, b) => a.opens.localeCompare(b.opens));
    checkDay(day, week[day]);
  }
  return week;
}

function checkDay(day: string, hours: readonly OpenHours[]): void {
  let before = '';
  for (const { opens, closes } of hours) {
    if (closes <= opens) throw backwards(day, { opens, closes });
    if (opens < before) throw overlapping(day, opens);
    before = closes;
  }
}

/** Whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  // Node takes offsets for zones, too; those have no summer.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * How many minutes after `at` (ISO 8601) a place opens: 0 when it is open, undefined when it never is. By the clock on its
 * wall, so that in the night in which clocks change it may be an hour off.
 */
export function minutesUntilOpen(hours: WeeklyHours | undefined, timeZone: string, at: string): number | undefined {
  if (!hours) return 0;
  const { day, minute } = localTime(timeZone, at);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const weekday = WEEKDAYS[(day + ahead) % WEEKDAYS.length] ?? 'monday';
    const from = minute - ahead * MINUTES_A_DAY;
    const next = hours[weekday]?.find(({ closes }) => minutesOf(closes) > from);
    if (next) return Math.max(0, minutesOf(next.opens) - from);
  }
  return undefined;
}

const minutesOf = (time: string): number => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs as much as hundreds of uses. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const options = { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat('en-US', options);
  formatters.set(timeZone, made);
  return made;
}

/** The weekday, 0 for Monday, and the minute of the day. */
function localTime(timeZone: string, at: string): { day: number; minute: number } {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  const weekday = (parts.get('weekday') ?? '').toLowerCase();
  return {
    day: WEEKDAYS.findIndex((name) => name === weekday),
    minute: minutesOf(`${parts.get('hour')}:${parts.get('minute')}`),
  };
}

function backwards(day: string, { opens, closes }: OpenHours): Refusal {
  return new Refusal(
    'opening-hours-backwards',
    `On ${day} it would open at ${opens} and close at ${closes}.`,
    'A stretch ends on its day, at 24:00 at the latest; what goes on past midnight is a stretch of the next day, from 00:00.',
  );
}

function overlapping(day: string, opens: string): Refusal {
  return new Refusal(
    'opening-hours-overlap',
    `On ${day} it would open at ${opens} while it is still open.`,
    'Join the stretches into one, or let the first close before the second opens.',
  );
}
