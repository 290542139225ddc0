import { cloudEventText, type Naming } from '../envelope';
import { Bell, type LogSignal } from '../feed/log-signal';
import type { Outgoing, Publisher } from '../feed/publisher';
import type { Move } from '../store/checkpoints';
import type { EventStore } from '../store/event-store';
import type { Leases } from '../store/leases';
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
  /** Moves the checkpoints by compare-and-set. */
  advance: (moves: readonly Move[]) => Promise<void>;
  onError: (error: unknown) => void;
}

const PAGE = 500;
const POLL_MS = 500;
const RETRY_MS = 500;

/**
 * Brings a service's log to its topic: the event table is the outbox. One send carries all lanes that are ready, one at a
 * time, so that order holds; the checkpoint moves when the broker has them. What a crash leaves unsaid is sent again, and the
 * readers drop it.
 */
export class Relay {
  private readonly bell = new Bell();
  private stopped = false;
  private done: Promise<void> = Promise.resolve();
  private off: (() => void) | undefined;

  constructor(private readonly parts: RelayParts) {}

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
        if (!(await this.round())) await this.bell.wait(POLL_MS);
      } catch (error) {
        this.parts.onError(error);
        await this.parts.watermarks.reload().catch(this.parts.onError);
        await this.bell.wait(RETRY_MS);
      }
    }
  }

  private async round(): Promise<boolean> {
    const { store, watermarks, leases } = this.parts;
    const heads = await store.heads();
    const at = (lane: number): number => watermarks.of(RELAY, store.source, lane);
    const behind = [...leases.held()].filter((lane) => (heads[lane] ?? 0) > at(lane));
    if (behind.length === 0) return false;
    const pages = await Promise.all(behind.map((lane) => store.read(lane, at(lane), PAGE)));
    const outgoing: Outgoing[] = pages.map((events, n) => ({
      lane: behind[n] ?? 0,
      messages: events.map((event) => ({ key: event.stream, value: cloudEventText(event, this.parts.naming) })),
    }));
    await this.parts.publisher.publish(this.parts.topic, outgoing);
    await this.move(pages.map((events, n) => this.step(behind[n] ?? 0, events.at(-1)?.position)));
    return true;
  }

  private step(lane: number, to: number | undefined): Move {
    const { store, watermarks } = this.parts;
    const from = watermarks.of(RELAY, store.source, lane);
    return { consumer: RELAY, source: store.source, lane, from, to: to ?? from, absorbed: 0 };
  }

  private async move(moves: readonly Move[]): Promise<void> {
    await this.parts.advance(moves);
    for (const { lane, to } of moves) this.parts.watermarks.set(RELAY, this.parts.store.source, lane, to);
  }
}
