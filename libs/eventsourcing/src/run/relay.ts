import { setTimeout } from 'node:timers/promises';
import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import { cloudEventText, type Naming, type StoredEvent } from '../envelope';
import { Bell, type LogSignal } from '../feed/log-signal';
import type { Outgoing, Publisher } from '../feed/publisher';
import type { EventStore } from '../store/event-store';
import type { Leases } from '../store/leases';
import { LaneWatch, LOOK_MS } from '../store/lane-watch';
import type { LazyCheckpoints } from './lazy-checkpoints';
import { traced } from './tracing';
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
  /** Told how many events a send has brought to the bus, and how long that took. */
  onSent: (work: { events: number; seconds: number }) => void;
  onError: (error: unknown) => void;
}

const MIN_PAGE = 50;
const MAX_PAGE = 2000;
/** Characters of one lane in one send: well below the broker's megabyte a batch, whatever UTF-8 makes of them. */
const MAX_BATCH_LENGTH = 300_000;
/** Under load a send every so often carries more events; each has a fixed price for us and the broker. */
const PACE_MS = 50;
const RETRY_MS = 500;

/** What one send carries, where it brings each lane, and whether there is more. */
interface Load {
  lanes: Outgoing[];
  ends: ReadonlyMap<number, number>;
  isFull: boolean;
}

/**
 * Brings a service's log to its topic: the event table is the outbox. One send carries all lanes that are ready, one at a
 * time, so that order holds; the checkpoint moves when the broker has them, and is written down soon after. What a crash leaves
 * unsaid is sent again, and the readers drop it.
 */
export class Relay {
  private readonly bell = new Bell();
  private stopped = false;
  private done: Promise<void> = Promise.resolve();
  private off: (() => void) | undefined;

  private readonly watch: LaneWatch;
  /** Events of a lane to read at once. */
  private page = 500;

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

  /** While there is a backlog the next load is made ready during a send; otherwise there is a pause, and what comes meanwhile shares a send. */
  private async run(): Promise<void> {
    for (let ready: Promise<Load> | undefined; !this.stopped;) {
      try {
        const next = performance.now() + PACE_MS;
        const load = await (ready ?? this.gather());
        ready = load.isFull ? this.gather(load) : undefined;
        // It is heard of when its turn comes.
        ready?.catch(() => undefined);
        await this.send(load);
        if (load.lanes.length === 0) await this.bell.wait(LOOK_MS);
        else if (!ready) await setTimeout(Math.max(0, next - performance.now()));
      } catch (error) {
        ready = undefined;
        this.parts.onError(error);
        await this.parts.watermarks.reload().catch(this.parts.onError);
        await this.bell.wait(RETRY_MS);
      }
    }
  }

  private async send({ lanes, ends }: Load): Promise<void> {
    if (lanes.length === 0) return;
    const events = lanes.reduce((sum, { messages }) => sum + messages.length, 0);
    const { publisher, topic, onSent } = this.parts;
    const describe = (): SpanOptions => ({ kind: SpanKind.PRODUCER, attributes: { 'messaging.batch.message_count': events } });
    const began = performance.now();
    await traced(`send ${topic}`, describe, () => publisher.publish(topic, lanes));
    onSent({ events, seconds: (performance.now() - began) / 1000 });
    for (const [lane, to] of ends) {
      const from = this.at(lane);
      this.parts.checkpoints.note({ consumer: RELAY, source: this.parts.store.source, lane, from, to, absorbed: 0 });
    }
  }

  /** What comes next in each lane that is ours, beyond what is being sent. */
  private async gather(sending?: Load): Promise<Load> {
    const { store, leases } = this.parts;
    const at = (lane: number): number => sending?.ends.get(lane) ?? this.at(lane);
    const behind = await this.watch.behind(leases.held(), at, false);
    const pages = await Promise.all(behind.map((lane) => store.follow(lane, at(lane), this.page)));
    const lanes = pages.map((events, n) => this.outgoing(behind[n] ?? 0, events));
    const ends = new Map(lanes.map(({ lane, messages }) => [lane, at(lane) + messages.length]));
    const isFull = pages.some((events, n) => events.length >= this.page || events.length > (lanes[n]?.messages.length ?? 0));
    this.fitPage(lanes);
    return { lanes, ends, isFull };
  }

  /** Reads next time about as many events of a lane as the broker takes in one batch. */
  private fitPage(lanes: readonly Outgoing[]): void {
    const sizes = lanes.flatMap(({ messages }) => messages.map(({ value }) => value.length));
    if (sizes.length < MIN_PAGE) return;
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    this.page = Math.min(MAX_PAGE, Math.max(MIN_PAGE, Math.floor(MAX_BATCH_LENGTH / mean)));
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

  private at(lane: number): number {
    return this.parts.watermarks.of(RELAY, this.parts.store.source, lane);
  }
}
