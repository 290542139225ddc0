/** A day, or a moment of one: what `IsISO8601` takes beside these (weeks, days of the year) is no time to `Date`. */
export const MOMENT_PATTERN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

const WITHOUT_ZONE = /T[^Z+-]*$/;

/** When goods should be there, in UTC: a day is its first moment, and where no zone is named it is UTC. */
export function expectedIn(text: string): string {
  return new Date(WITHOUT_ZONE.test(text) ? `${text}Z` : text).toISOString();
}
