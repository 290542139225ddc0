import type { Pool } from 'pg';
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
  /** What a rebuild of this view needs. */
  partsOf: (bound: BoundView) => Promise<Omit<RebuildParts, 'onProgress'>>;
  onError: (error: unknown) => void;
}

const NOTE_MS = 1000;

/** The rebuilds of a service's views: one at a time for each view, whichever instance is asked. */
export class Rebuilds {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly parts: RebuildsParts) {}

  /**
   * Begins a rebuild in the background, or finds the one that is under way.
   * @throws Refusal `unknown-view`
   */
  async begin(name: string): Promise<RebuildStatus> {
    const bound = this.view(name);
    const running = await this.status(name);
    if (running?.state === 'running') return running;
    const status: RebuildStatus = { view: name, state: 'running', events: 0, total: 0, seconds: 0 };
    await this.parts.log.note(status);
    this.underWay.set(name, this.exclusively(bound, status).catch(this.parts.onError));
    return status;
  }

  /** @throws Refusal `unknown-view` */
  async status(name: string): Promise<RebuildStatus | undefined> {
    this.view(name);
    return this.parts.log.last(name);
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    await Promise.all(this.underWay.values());
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

  /** The lock is the connection's: when the process dies it is free. */
  private async exclusively(bound: BoundView, status: RebuildStatus): Promise<void> {
    const lock = `rebuild ${this.parts.service} ${bound.view.name}`;
    const client = await this.parts.pool.connect();
    try {
      const found = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS ours', [lock]);
      if (found.rows[0]?.ours) await this.rebuild(bound, status);
    } finally {
      client.release(true);
    }
  }

  private async rebuild(bound: BoundView, begun: RebuildStatus): Promise<void> {
    const { log, partsOf } = this.parts;
    const began = performance.now();
    let status = begun;
    let noted = -Infinity;
    const seconds = (): number => (performance.now() - began) / 1000;
    const onProgress = async (events: number, total: number): Promise<void> => {
      status = { ...status, events, total, seconds: seconds() };
      if (performance.now() - noted < NOTE_MS) return;
      noted = performance.now();
      await log.note(status);
    };
    try {
      const { events, differences } = await new Rebuild({ ...(await partsOf(bound)), onProgress }).run();
      const same = differences.missing + differences.surplus + differences.changed === 0;
      await log.note({ ...status, state: 'done', events, seconds: seconds(), same, differences });
    } catch (error) {
      await log.note({ ...status, state: 'failed', seconds: seconds(), error: String(error) });
      throw error;
    }
  }
}
