/**
 * A moment in the past, on either or both of the two axes of time: what had happened by then, and what the books knew by then. A
 * correction that is back-dated counts from when it happened on the one, and from when it was recorded on the other. An
 * axis that is absent is not looked at. Times are UTC, ISO 8601.
 */
export interface Moment {
  happenedBy?: string;
  recordedBy?: string;
}

interface Times {
  happenedAt: string;
  recordedAt: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Events may be dated a day ahead, because clocks differ; another day for that of whoever looks at it. */
const AHEAD_MS = 2 * DAY_MS;

/** Whether an event counts at a moment. */
export function counts({ happenedAt, recordedAt }: Times, { happenedBy, recordedBy }: Moment): boolean {
  return (happenedBy === undefined || happenedAt <= happenedBy) && (recordedBy === undefined || recordedAt <= recordedBy);
}

/**
 * Whether everything in the same stream before this event counts as well. Streams are in the order of recording, and nothing is dated
 * far ahead: so what was recorded some days before the moment had also happened by then.
 */
export function isSettled({ recordedAt }: Times, { happenedBy, recordedBy }: Moment): boolean {
  if (recordedBy !== undefined && recordedAt > recordedBy) return false;
  return happenedBy === undefined || Date.parse(recordedAt) + AHEAD_MS <= Date.parse(happenedBy);
}
