/** The watch looks at some SKUs so often. */
export const EVERY_MS = 1000;
/** Some tens of milliseconds of the database's time, so that whoever sells does not notice: at most about so many places of SKUs. */
export const MOST_AT_ONCE = 1000;
/** A difference is found within minutes either way; a small shop need not pay for finding it within seconds. */
const LEAST_AT_ONCE = 100;
const MOST_SKUS_AT_ONCE = 250;
/** About how long a round takes at most, unless there are too many places for that. */
const ROUND_MS = 300_000;

/** As many places of SKUs at once as let a round of so many end in time. */
export function accountsAtOnce(accounts: number): number {
  return Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, Math.ceil((accounts * EVERY_MS) / ROUND_MS)));
}

/** As many SKUs as make about so many, when each is in so many places. */
export function skusAtOnce(accounts: number, places: number): number {
  return Math.max(1, Math.min(MOST_SKUS_AT_ONCE, Math.floor(accounts / Math.max(1, places))));
}
