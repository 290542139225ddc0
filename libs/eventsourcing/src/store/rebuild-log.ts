import type { Pool } from 'pg';
import type { Differences } from './shadow-table';

/** How far the rebuild of a view is, or what came of the last one. */
export interface RebuildStatus {
  view: string;
  /** `interrupted`: whoever was at it is gone; the view is as it was. */
  state: 'running' | 'done' | 'failed' | 'interrupted';
  /** Events folded so far, and how many there are. */
  events: number;
  total: number;
  seconds: number;
  /** Of one that is done: whether all rows were as they should be, and how they differed. */
  same?: boolean;
  differences?: Differences;
  /** Of one that failed. */
  error?: string;
}

/** A rebuild tells more often than this how far it is. */
const SILENCE_S = 15;

/** What is known of rebuilds, for whoever asks any instance of the service. */
export class RebuildLog {
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  async note(status: RebuildStatus): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${this.schema}.rebuild (lane, view, status, noted_at) VALUES (0, $1, $2, clock_timestamp())
       ON CONFLICT (lane, view) DO UPDATE SET status = EXCLUDED.status, noted_at = EXCLUDED.noted_at`,
      [status.view, JSON.stringify(status)],
    );
  }

  /** The last rebuild of a view; undefined when there was none. */
  async last(view: string): Promise<RebuildStatus | undefined> {
    const found = await this.pool.query<{ status: RebuildStatus; silent: boolean }>(
      `SELECT status, clock_timestamp() - noted_at > $2 * interval '1 second' AS silent
       FROM ${this.schema}.rebuild WHERE lane = 0 AND view = $1`,
      [view, SILENCE_S],
    );
    const [row] = found.rows;
    if (!row) return undefined;
    return row.silent && row.status.state === 'running' ? { ...row.status, state: 'interrupted' } : row.status;
  }
}
