import type { EventStore } from './event-store';

/** How long what other processes wrote may stay unseen. */
export const LOOK_MS = 100;

/**
 * Tells which lanes have events that a reader has not seen. What this process wrote is known without asking; for what others
 * wrote the database is asked now and then, so a reader that finds nothing has to look again after `LOOK_MS`.
 */
export class LaneWatch {
  private lastLook = -LOOK_MS;

  constructor(private readonly store: EventStore) {}

  async behind(lanes: ReadonlySet<number>, position: (lane: number) => number): Promise<number[]> {
    if (lanes.size === 0) return [];
    const known = [...lanes].filter((lane) => this.store.written(lane) > position(lane));
    if (performance.now() - this.lastLook < LOOK_MS) return known;
    const heads = await this.store.heads();
    this.lastLook = performance.now();
    return [...lanes].filter((lane) => (heads[lane] ?? 0) > position(lane));
  }
}
