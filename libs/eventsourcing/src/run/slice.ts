import type { RecordedEvent } from '../vocabulary';

/**
 * A stretch of one lane, on its way to the views and processes of a service: everything after position `after` up to
 * `through`, of which `events` are those that somebody here subscribes to.
 */
export interface Slice {
  source: string;
  lane: number;
  after: number;
  through: number;
  events: RecordedEvent[];
  /** Repeated events that were dropped on the way here since the slice before. */
  absorbed: number;
}

/** A slice begins beyond what is in: taking it would lose the events in between. */
export class Gap extends Error {
  constructor(slice: Slice, watermark: number) {
    super(`${slice.source}/${slice.lane} goes on after ${slice.after}, but only ${watermark} is in.`);
    this.name = 'Gap';
  }
}

/**
 * The part of a slice that lies beyond a watermark.
 * @throws Gap when the slice does not join on
 */
export function beyond(slice: Slice, watermark: number): Slice {
  if (watermark === slice.after) return slice;
  if (watermark < slice.after) throw new Gap(slice, watermark);
  return { ...slice, after: watermark, events: slice.events.filter((event) => event.position > watermark) };
}
