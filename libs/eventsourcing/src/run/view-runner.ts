import type { SpanOptions } from '@opentelemetry/api';
import { setTimeout } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { eventId } from '../envelope';
import { CheckpointMoved, type Checkpoints, type Move } from '../store/checkpoints';
import { isPassing } from '../store/faults';
import { nameOf, type Parked } from '../store/parked';
import { inTransaction } from '../store/transaction';
import type { RecordedEvent } from '../vocabulary';
import { Batcher } from './batcher';
import { foldView, type BoundView, type Poison } from './fold-view';
import { beyond, Gap, type Slice } from './slice';
import { traced } from './tracing';
import type { Watermarks } from './watermarks';

interface Waiting {
  slice: Slice;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** One view's share of a round. */
interface Work {
  bound: BoundView;
  slice: Slice;
}

export interface ViewRunnerParts {
  pool: Pool;
  views: readonly BoundView[];
  checkpoints: Checkpoints;
  watermarks: Watermarks;
  parked: Parked;
  /** Names the lock that instances of this service take in turn. */
  lockName: string;
  onPoison: (consumer: string, error: string) => void;
  /** Told after each round. */
  onFolded: (work: { events: number; seconds: number }) => void;
}

const RETRY_MS = 200;
const MAX_SLICES = 256;
/** A view that is this much behind under load still looks live to a person, and a round has a fixed price. */
const PACE_MS = 150;

/**
 * Keeps the views of a service. What arrives while one transaction runs goes into the next: all views, all lanes, rows and
 * checkpoints together, so that a view is never ahead of or behind its checkpoint.
 */
export class ViewRunner {
  private readonly batcher = new Batcher<Waiting>((waiting) => this.round(waiting), { size: () => MAX_SLICES, paceMs: PACE_MS });
  private stopped = false;

  constructor(private readonly parts: ViewRunnerParts) {}

  /** Resolves once the slice is in every view. While the database is away it waits. */
  deliver(slice: Slice): Promise<void> {
    if (this.parts.views.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.batcher.push({ slice, resolve, reject }));
  }

  /** Lets the running transaction end; what is still queued is rejected, for its checkpoints have not moved. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.batcher.idle();
  }

  private async round(waiting: readonly Waiting[]): Promise<void> {
    const began = performance.now();
    try {
      await this.persist(waiting.map(({ slice }) => slice));
      const events = waiting.reduce((sum, { slice }) => sum + slice.events.length, 0);
      this.parts.onFolded({ events, seconds: (performance.now() - began) / 1000 });
      waiting.forEach(({ resolve }) => resolve());
    } catch (error) {
      waiting.forEach(({ reject }) => reject(error));
    }
  }

  private async persist(slices: readonly Slice[]): Promise<void> {
    while (!this.stopped) {
      try {
        return await this.isolate(this.share(slices));
      } catch (error) {
        if (error instanceof CheckpointMoved) await this.parts.watermarks.reload();
        else if (!isPassing(error)) throw error;
        await setTimeout(RETRY_MS);
      }
    }
    throw new Error('The view runner has stopped.');
  }

  /** What each view still has to see of these slices. */
  private share(slices: readonly Slice[]): Work[] {
    const work: Work[] = [];
    for (const bound of this.parts.views) {
      for (const slice of slices) {
        if (!bound.view.sources.includes(slice.source)) continue;
        work.push({ bound, slice });
      }
    }
    return work;
  }

  /** When a statement fails, halves the work until the event that causes it stands alone, and parks that one. */
  private async isolate(work: Work[]): Promise<void> {
    try {
      await this.transaction(work);
    } catch (error) {
      if (error instanceof CheckpointMoved || error instanceof Gap || isPassing(error)) throw error;
      const [only] = work;
      if (work.length === 1 && only && only.slice.events.length <= 1) return this.parkLast(only, error);
      for (const part of work.length === 1 && only ? split(only) : halves(work)) await this.isolate(part);
    }
  }

  /** Does work in a transaction while no instance of this service keeps its views. */
  alone<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.parts.pool, this.parts.lockName, work);
  }

  private async transaction(work: readonly Work[]): Promise<void> {
    const describe = (): SpanOptions => ({ root: true, attributes: { slices: work.length } });
    const moves = await traced('write views', describe, () => this.alone((client) => this.foldAll(client, work)));
    moves.forEach((move) => this.parts.watermarks.set(move.consumer, move.source, move.lane, move.to));
  }

  private async foldAll(client: PoolClient, work: readonly Work[]): Promise<Move[]> {
    const moves = new Map<string, Move>();
    const fresh = new Map<BoundView, RecordedEvent[]>();
    for (const { bound, slice } of work) {
      const rest = this.take(bound, slice, moves);
      for (const event of rest?.events ?? []) if (bound.view.on[event.type]) addTo(fresh, bound, event);
    }
    const held = fresh.size > 0 ? await this.parts.parked.held(client) : new Set<string>();
    for (const [bound, events] of fresh) {
      const { name } = bound.view;
      const poison = await foldView(client, bound, events, (event) => held.size > 0 && held.has(nameOf(name, event)));
      for (const poisoned of poison) await this.park(client, name, poisoned);
    }
    if (moves.size > 0) await this.parts.checkpoints.advance(client, [...moves.values()]);
    return [...moves.values()];
  }

  /** Notes how far this slice brings the view, and gives the part of it that the view has not seen. */
  private take(bound: BoundView, slice: Slice, moves: Map<string, Move>): Slice | undefined {
    const { source, lane, through } = slice;
    const consumer = bound.view.name;
    const key = `${consumer}/${source}/${lane}`;
    const known = moves.get(key);
    const mark = known?.to ?? this.parts.watermarks.of(consumer, source, lane);
    if (through <= mark) return undefined;
    const absorbed = (known?.absorbed ?? 0) + slice.absorbed;
    moves.set(key, { consumer, source, lane, from: known?.from ?? mark, to: through, absorbed });
    return beyond(slice, mark);
  }

  private async park(client: PoolClient, consumer: string, { event, error }: Poison): Promise<void> {
    await this.parts.parked.park(client, consumer, event, error);
    if (error !== null) this.parts.onPoison(consumer, `${eventId(event)} ${event.type}: ${error}`);
  }

  private async parkLast({ bound, slice }: Work, error: unknown): Promise<void> {
    const [event] = slice.events;
    if (!event) throw error;
    await this.alone((client) => this.park(client, bound.view.name, { event, error: String(error) }));
    await this.transaction([{ bound, slice: { ...slice, events: [] } }]);
  }
}

function addTo(lists: Map<BoundView, RecordedEvent[]>, view: BoundView, event: RecordedEvent): void {
  const list = lists.get(view);
  if (list) list.push(event);
  else lists.set(view, [event]);
}

function halves(work: Work[]): Work[][] {
  const half = work.length >> 1;
  return [work.slice(0, half), work.slice(half)];
}

function split({ bound, slice }: Work): Work[][] {
  const half = slice.events.length >> 1;
  const border = slice.events[half - 1]?.position ?? slice.after;
  const first = { ...slice, through: border, events: slice.events.slice(0, half) };
  const second = { ...slice, after: border, events: slice.events.slice(half), absorbed: 0 };
  return [[{ bound, slice: first }], [{ bound, slice: second }]];
}
