import { setTimeout } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { CheckpointMoved, type Checkpoints, type Move } from '../store/checkpoints';
import { isUnavailable } from '../store/faults';
import type { Parked } from '../store/parked';
import { Batcher } from './batcher';
import { foldView, type BoundView } from './fold-view';
import { beyond, Gap, type Slice } from './slice';
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
    try {
      await this.persist(waiting.map(({ slice }) => slice));
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
        else if (!isUnavailable(error)) throw error;
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
      if (error instanceof CheckpointMoved || error instanceof Gap || isUnavailable(error)) throw error;
      const [only] = work;
      if (work.length === 1 && only && only.slice.events.length <= 1) return this.parkLast(only, error);
      for (const part of work.length === 1 && only ? split(only) : halves(work)) await this.isolate(part);
    }
  }

  private async transaction(work: readonly Work[]): Promise<void> {
    const { pool, lockName } = this.parts;
    const client = await pool.connect();
    let broken = true;
    try {
      // One trip for both; the name is ours, not a caller's.
      await client.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtext('${lockName}'))`);
      const moves = await this.foldAll(client, work);
      await client.query('COMMIT');
      moves.forEach((move) => this.parts.watermarks.set(move.consumer, move.source, move.lane, move.to));
      broken = false;
    } catch (error) {
      broken =
        isUnavailable(error) ||
        (await client.query('ROLLBACK').then(
          () => false,
          () => true,
        ));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async foldAll(client: PoolClient, work: readonly Work[]): Promise<Move[]> {
    const moves = new Map<string, Move>();
    const fresh = new Map<BoundView, Slice[]>();
    for (const { bound, slice } of work) {
      const rest = this.take(bound, slice, moves);
      if (rest) fresh.set(bound, [...(fresh.get(bound) ?? []), rest]);
    }
    for (const [bound, slices] of fresh) {
      const { name } = bound.view;
      const events = slices.flatMap((slice) => slice.events).filter((event) => bound.view.on[event.type]);
      const poison = await foldView(client, bound, events, (stream) => this.parts.parked.holds(name, stream));
      for (const { event, error } of poison) await this.park(client, name, { event, error });
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

  private async park(
    client: PoolClient,
    consumer: string,
    { event, error }: { event: Slice['events'][number]; error: string },
  ): Promise<void> {
    await this.parts.parked.park(client, consumer, event, error);
    this.parts.onPoison(consumer, `${event.source}-${event.lane}-${event.position} ${event.type}: ${error}`);
  }

  private async parkLast({ bound, slice }: Work, error: unknown): Promise<void> {
    const [event] = slice.events;
    if (!event) throw error;
    await this.parts.parked.park(this.parts.pool, bound.view.name, event, String(error));
    this.parts.onPoison(bound.view.name, `${event.source}-${event.lane}-${event.position} ${event.type}: ${String(error)}`);
    await this.transaction([{ bound, slice: { ...slice, events: [] } }]);
  }
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
