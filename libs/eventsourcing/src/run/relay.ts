import { setTimeout } from 'node:timers/promises';
import { cloudEventText, type Naming, type StoredEvent } from '../envelope';
import { Bell, type LogSignal } from '../feed/log-signal';
import type { Outgoing, Publisher } from '../feed/publisher';
import type { Move } from '../store/checkpoints';
import type { EventStore } from '../store/event-store';
import type { Leases } from '../store/leases';
import { LaneWatch, LOOK_MS } from '../store/lane-watch';
import type { LazyCheckpoints } from './lazy-checkpoints';
import type { Watermarks } from './watermarks';

/** The name under which the relay keeps its checkpoints. */
export const RELAY = 'relay';

export interface RelayParts {
  store: EventStore;
  publisher: Publisher;
  topic: string;
  naming: Naming;
  watermarks: Watermarks;
  leases: Leases;
  signal: LogSignal;
  checkpoints: LazyCheckpoints;
  onError: (error: unknown) => void;
}

const PAGE = 500;
/** Characters of one lane in one send: well below the broker's megabyte a batch, whatever UTF-8 makes of them. */
const MAX_BATCH_LENGTH = 300_000;
/** Under load a send every so often carries more events; each has a fixed price for us and the broker. */
const PACE_MS = 50;
const RETRY_MS = 500;

/**
 * Brings a service's log to its topic: the event table is the outbox. One send carries all lanes that are ready, one at a
 * time, so that order holds; the checkpoint moves when the broker has them, and is written down soon after. What a crash leaves unsaid is sent again, and the
 * readers drop it.
 */
export class Relay {
  private readonly bell = new Bell();
  private stopped = false;
  private done: Promise<void> = Promise.resolve();
  private off: (() => void) | undefined;

  private readonly watch: LaneWatch;

  constructor(private readonly parts: RelayParts) {
    this.watch = new LaneWatch(parts.store);
  }

  async start(): Promise<void> {
    await this.parts.leases.start();
    this.off = this.parts.signal.on(this.parts.store.source, this.bell.ring);
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.off?.();
    this.bell.ring();
    await this.done;
    await this.parts.leases.stop().catch(this.parts.onError);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        const next = performance.now() + PACE_MS;
        if (!(await this.round())) await this.bell.wait(LOOK_MS);
        else await setTimeout(Math.max(0, next - performance.now()));
      } catch (error) {
        this.parts.onError(error);
        await this.parts.watermarks.reload().catch(this.parts.onError);
        await this.bell.wait(RETRY_MS);
      }
    }
  }

  private async round(): Promise<boolean> {
    const { store, watermarks, leases } = this.parts;
    const at = (lane: number): number => watermarks.of(RELAY, store.source, lane);
    const behind = await this.watch.behind(leases.held(), at, false);
    if (behind.length === 0) return false;
    const pages = await Promise.all(behind.map((lane) => store.follow(lane, at(lane), PAGE)));
    const outgoing = pages.map((events, n) => this.outgoing(behind[n] ?? 0, events));
    await this.parts.publisher.publish(this.parts.topic, outgoing);
    for (const { lane, messages } of outgoing) this.parts.checkpoints.note(this.step(lane, at(lane) + messages.length));
    return true;
  }

  /** As many events of a page as the broker takes in one batch, at least one; positions are dense, so counting them is enough. */
  private outgoing(lane: number, events: readonly StoredEvent[]): Outgoing {
    const messages: Outgoing['messages'] = [];
    let size = 0;
    for (const event of events) {
      const value = cloudEventText(event, this.parts.naming);
      size += value.length;
      if (size > MAX_BATCH_LENGTH && messages.length > 0) break;
      messages.push({ key: event.stream, value });
    }
    return { lane, messages };
  }

  private step(lane: number, to: number): Move {
    const { store, watermarks } = this.parts;
    return { consumer: RELAY, source: store.source, lane, from: watermarks.of(RELAY, store.source, lane), to, absorbed: 0 };
  }
}
