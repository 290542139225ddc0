import { setTimeout } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { RebuildLog, RebuildStatus } from '../store/rebuild-log';
import { Refusal } from '../vocabulary';
import { Rebuild, type RebuildParts } from './rebuild';
import type { BoundView } from './fold-view';

export interface RebuildsParts {
  pool: Pool;
  /** Names the service where instances take locks. */
  service: string;
  views: readonly BoundView[];
  log: RebuildLog;
  /** What a rebuild of this view needs besides. */
  partsOf: (bound: BoundView) => Promise<Omit<RebuildParts, 'client' | 'onProgress'>>;
  /** Told how the view was found, or that it was left as it is. */
  onEnded: (view: string, outcome: 'same' | 'different' | 'failed' | 'interrupted') => void;
  onError: (error: unknown) => void;
}

const NOTE_MS = 1000;
const PATIENCE_MS = 2000;
const RETRY_MS = 50;

/** The rebuilds of a service's views: one at a time for each view, whichever instance is asked. */
export class Rebuilds {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: RebuildsParts) {}

  /**
   * Begins a rebuild in the background, or finds the one that is under way.
   * @throws Refusal `unknown-view`
   */
  async begin(name: string): Promise<RebuildStatus> {
    const bound = this.view(name);
    const status: RebuildStatus = { view: name, state: 'running', events: 0, total: 0, seconds: 0 };
    let client = await this.lock(name);
    for (const deadline = performance.now() + PATIENCE_MS; !client; client = await this.lock(name)) {
      const last = (await this.status(name)) ?? status;
      if (last.state === 'running' || performance.now() > deadline) return last;
      // It has just been noted how it ended, and its lock goes in a moment.
      await setTimeout(RETRY_MS);
    }
    await this.start(client, bound, status);
    return status;
  }

  /** @throws Refusal `unknown-view` */
  async status(name: string): Promise<RebuildStatus | undefined> {
    this.view(name);
    return this.parts.log.last(name);
  }

  /** Breaks off what is under way: the views stay as they are. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('This instance is being stopped.'));
    await Promise.all(this.underWay.values());
  }

  /** Resolves when it is written down that it has begun. */
  private async start(client: PoolClient, bound: BoundView, status: RebuildStatus): Promise<void> {
    const noted = this.parts.log.note(status);
    const work = noted.then(() => this.rebuild(client, bound, status));
    this.underWay.set(
      status.view,
      work.catch(this.parts.onError).finally(() => client.release(true)),
    );
    await noted;
  }

  private view(name: string): BoundView {
    const bound = this.parts.views.find(({ view }) => view.name === name);
    if (bound) return bound;
    const names = this.parts.views.map(({ view }) => view.name).join(', ') || 'none';
    throw new Refusal(
      'unknown-view',
      `There is no view ${name.slice(0, 80)} here.`,
      `The views of this service: ${names}.`,
      'not-found',
    );
  }

  /** Gives the connection that holds the lock, unless another one does. With the process that has it the lock goes as well. */
  private async lock(view: string): Promise<PoolClient | undefined> {
    const client = await this.parts.pool.connect();
    try {
      const sql = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS ours';
      const found = await client.query<{ ours: boolean }>(sql, [`rebuild ${this.parts.service} ${view}`]);
      if (found.rows[0]?.ours) return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.release();
    return undefined;
  }

  private async rebuild(client: PoolClient, bound: BoundView, begun: RebuildStatus): Promise<void> {
    const { log, partsOf, onEnded } = this.parts;
    const { signal } = this.stopping;
    const progress = new Progress(log, begun);
    const onProgress = (events: number, total: number): Promise<void> => {
      signal.throwIfAborted();
      return progress.tell(events, total);
    };
    try {
      const { events, differences } = await orStopped(
        new Rebuild({ ...(await partsOf(bound)), client, onProgress }).run(),
        signal,
      );
      const same = differences.missing + differences.surplus + differences.changed === 0;
      await log.note({ ...progress.now(), state: 'done', events, same, differences });
      onEnded(begun.view, same ? 'same' : 'different');
    } catch (error) {
      const state = signal.aborted ? 'interrupted' : 'failed';
      onEnded(begun.view, state);
      await log.note({ ...progress.now(), state, error: String(error) });
      if (!signal.aborted) throw error;
    }
  }
}

/** How far a rebuild is, written down now and then. */
class Progress {
  private readonly began = performance.now();
  private noted = -Infinity;

  constructor(
    private readonly log: RebuildLog,
    private status: RebuildStatus,
  ) {}

  now(): RebuildStatus {
    return { ...this.status, seconds: (performance.now() - this.began) / 1000 };
  }

  async tell(events: number, total: number): Promise<void> {
    this.status = { ...this.status, events, total };
    if (performance.now() - this.noted < NOTE_MS) return;
    this.noted = performance.now();
    await this.log.note(this.now());
  }
}

/** What is still under way then fails with its connection. */
async function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
