import { invalidInput, invalidRequest } from './problems';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is said to be older is a typing error. */
const FIRST_YEAR = Date.UTC(1900, 0, 1);
const ZONE = /(Z|[+-]\d{2}(:?\d{2})?)$/i;

/**
 * A business time from outside as UTC ISO 8601; without a zone it is taken as UTC. Clocks differ, so up to a day ahead of
 * `now` is taken; what is further ahead is refused.
 */
export function normalizedTime(happenedAt: string, now: Date): string {
  const time = Date.parse(/T/i.test(happenedAt) && !ZONE.test(happenedAt) ? `${happenedAt}Z` : happenedAt);
  if (Number.isNaN(time) || time < FIRST_YEAR) throw notATime(happenedAt);
  if (time > now.getTime() + DAY_MS) throw inTheFuture(happenedAt, now);
  return new Date(time).toISOString();
}

function notATime(happenedAt: string): Error {
  const detail = `"${happenedAt.slice(0, 40)}" is no calendar time since 1900 in ISO 8601, like 2026-01-31T09:30:00Z`;
  return invalidRequest([{ pointer: '/happenedAt', detail }]);
}

function inTheFuture(happenedAt: string, now: Date): Error {
  return invalidInput(
    'happened-in-the-future',
    `happenedAt is ${happenedAt}, and here it is ${now.toISOString()}.`,
    'Send when it happened, in UTC or with an offset, or leave happenedAt out for now.',
  );
}
