import type { EventStore } from './event-store';

/** How long what other processes wrote may stay unseen while they write. */
export const LOOK_MS = 100;
/** The same for the first that one of them writes after a pause, when the notice of it gets lost. */
const MOST_MS = 1600;

/**
 * Tells which lanes have events that a reader has not seen. What this process wrote through the store is known without asking; for
 * what others wrote the database is asked when somebody says that the log has grown, and now and then: the longer
 * nothing came, the more seldom.
 */
export class LaneWatch {
  private lastLook = -MOST_MS;
  private everyMs = LOOK_MS;
  private seen: readonly number[] = [];

  constructor(private readonly store: EventStore) {}

  /** @param grown whether the log is said to have grown since the last call */
  async behind(lanes: ReadonlySet<number>, position: (lane: number) => number, grown: boolean): Promise<number[]> {
    const known = [...lanes].filter((lane) => this.end(lane) > position(lane));
    const isTime = performance.now() - this.lastLook >= this.everyMs;
    if (lanes.size === 0 || (!isTime && (known.length > 0 || !grown))) return known;
    const before = [...lanes].map((lane) => this.end(lane));
    this.seen = await this.store.heads();
    const isForeign = [...lanes].some((lane, n) => this.end(lane) > (before[n] ?? 0));
    this.everyMs = isForeign ? LOOK_MS : Math.min(2 * this.everyMs, MOST_MS);
    this.lastLook = performance.now();
    return [...lanes].filter((lane) => this.end(lane) > position(lane));
  }

  private end(lane: number): number {
    return Math.max(this.store.written(lane), this.seen[lane] ?? 0);
  }
}
