import type { StoredEvent } from '../envelope';

/**
 * The last events of each lane that this process wrote, so that its relay and its views need not read them back from the
 * database. What another process wrote in between, or what is too long ago, is simply not here.
 */
export class Tail {
  private readonly lanes: StoredEvent[][];

  constructor(
    lanes: number,
    private readonly capacity = 2000,
  ) {
    this.lanes = Array.from({ length: lanes }, () => []);
  }

  /**
   * Adds what was just committed. A jump in the positions means that others wrote: what is before it is let go. What comes late,
   * because two batches were answered out of turn, is left to the database.
   */
  push(events: readonly StoredEvent[]): void {
    for (const event of events) this.add(event);
  }

  private add(event: StoredEvent): void {
    const lane = this.lanes[event.lane] ?? [];
    const last = lane.at(-1)?.position;
    if (last !== undefined && event.position <= last) return;
    if (last !== undefined && last + 1 !== event.position) lane.length = 0;
    lane.push(event);
    // Rarely and many at once, because taking from the front moves the rest.
    if (lane.length > 2 * this.capacity) lane.splice(0, this.capacity);
  }

  /** Up to `limit` events after a position; undefined when the first of them is not here. */
  read(lane: number, after: number, limit: number): StoredEvent[] | undefined {
    const events = this.lanes[lane] ?? [];
    const first = events[0]?.position;
    const index = after + 1 - (first ?? 0);
    if (first === undefined || index < 0 || index >= events.length) return undefined;
    return events.slice(index, index + limit);
  }

  /** The last position of a lane that is known here; 0 when none is. */
  last(lane: number): number {
    return this.lanes[lane]?.at(-1)?.position ?? 0;
  }
}
