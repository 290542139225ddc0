import { parsed } from '../envelope';
import type { EventStore } from '../store/event-store';
import { LaneWatch, LOOK_MS } from '../store/lane-watch';
import type { Leases } from '../store/leases';
import type { Deliver, Feed } from './feed';
import { Bell, type LogSignal } from './log-signal';

export interface PostgresFeedParts {
  store: EventStore;
  /** Whether what this process writes to the log is written through the store, which then knows of it without asking. */
  isOwn: boolean;
  leases: Leases;
  signal: LogSignal;
  /** The position after which a lane is wanted. Asked whenever this instance comes to hold the lane. */
  position: (lane: number) => number;
  onError: (error: unknown) => void;
}

const PAGE = 1000;
const RETRY_MS = 500;

/**
 * Reads a dense log as it grows. A service's own log always comes this way; others' logs do where there is no broker. Only the
 * lanes that are leased to this instance are read.
 */
export class PostgresFeed implements Feed {
  private readonly bell = new Bell();
  private readonly cursors = new Map<number, number>();
  /** Somebody has written what the store does not know of. */
  private hasUnknown = true;
  private stopped = false;
  private done: Promise<void> = Promise.resolve();
  private off: (() => void) | undefined;

  private readonly watch: LaneWatch;

  constructor(private readonly parts: PostgresFeedParts) {
    this.watch = new LaneWatch(parts.store);
  }

  async start(deliver: Deliver): Promise<void> {
    await this.parts.leases.start();
    this.off = this.parts.signal.on(this.parts.store.source, (elsewhere) => {
      this.hasUnknown ||= elsewhere || !this.parts.isOwn;
      this.bell.ring();
    });
    this.done = this.tail(deliver);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.off?.();
    this.bell.ring();
    await this.done;
    await this.parts.leases.stop().catch(this.parts.onError);
  }

  private async tail(deliver: Deliver): Promise<void> {
    while (!this.stopped) {
      try {
        const hasMore = await this.round(deliver);
        if (!hasMore) await this.bell.wait(LOOK_MS);
      } catch (error) {
        this.parts.onError(error);
        await this.bell.wait(RETRY_MS);
      }
    }
  }

  /** Reads a page of each lane that is behind; says whether there may be more. */
  private async round(deliver: Deliver): Promise<boolean> {
    const { hasUnknown } = this;
    this.hasUnknown = false;
    const held = this.parts.leases.held();
    for (const lane of this.cursors.keys()) if (!held.has(lane)) this.cursors.delete(lane);
    const behind = await this.watch.behind(held, (lane) => this.cursor(lane), hasUnknown);
    const full = await Promise.all(behind.map((lane) => this.page(lane, deliver)));
    return full.some(Boolean);
  }

  private cursor(lane: number): number {
    const cursor = this.cursors.get(lane) ?? this.parts.position(lane);
    this.cursors.set(lane, cursor);
    return cursor;
  }

  private async page(lane: number, deliver: Deliver): Promise<boolean> {
    const { source } = this.parts.store;
    const events = await this.parts.store.follow(lane, this.cursor(lane), PAGE);
    const last = events.at(-1);
    if (!last) return false;
    const messages = events.map((event) => ({ position: event.position, type: event.type, event: () => parsed(event) }));
    const { settled } = await deliver({ source, lane, messages });
    this.cursors.set(lane, last.position);
    settled.catch(() => this.again(lane));
    return true;
  }

  /** What could not be taken in is brought once more, from where the lane really is. */
  private again(lane: number): void {
    this.cursors.delete(lane);
    this.bell.ring();
  }
}
