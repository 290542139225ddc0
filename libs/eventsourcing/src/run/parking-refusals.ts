import { Refusal } from '../vocabulary';

/** The id of an event is not spelled as one. */
export function unknownEvent(event: string): Refusal {
  return new Refusal(
    'unknown-event',
    `"${event.slice(0, 80)}" is no id of an event.`,
    'Send the id as the list of parked events shows it, like storefront-3-120.',
  );
}

/** The event is not parked for this consumer, or no longer. */
export function notParked(consumer: string, event: string): Refusal {
  return new Refusal(
    'not-parked',
    `${event} is not parked for ${consumer}.`,
    'Look at the list of parked events; somebody may have been faster.',
    'not-found',
  );
}

/** Others of its stream have to be decided on first. */
export function notFirst(first: string): Refusal {
  return new Refusal(
    'not-first-of-stream',
    `The event waits behind ${first}, with which its stream is parked.`,
    `Retry or skip ${first}; what waits behind it is tried with a retry.`,
    'conflict',
  );
}

/** The log that holds the event cannot be read now. */
export function logAway(source: string, cause: unknown): Refusal {
  return new Refusal(
    'log-unavailable',
    `The log of ${source}, which holds the parked event, cannot be read: ${String(cause)}.`,
    `Bring ${source} back and retry.`,
    'conflict',
  );
}
