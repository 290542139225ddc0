import type { Pool, PoolClient } from 'pg';
import { laneOf } from '../lane';

/** A command that waits for its time. */
export interface Timer {
  lane: number;
  process: string;
  key: string;
  /** The id under which the command is carried out. */
  id: string;
  /** UTC, ISO 8601. */
  dueAt: string;
  /** The name of its class, and its fields as JSON. */
  command: string;
  data: string;
  /** How often it failed. */
  attempts: number;
}

/** A timer whose command failed too often. */
export interface ParkedTimer extends Timer {
  error: string;
  /** UTC, ISO 8601. */
  since: string;
}

/** What an event says about a timer: to set it, in place of the one of its key that may be there, or to forget it. */
export interface TimerChange {
  /** Of the event. */
  position: number;
  process: string;
  key: string;
  set?: Pick<Timer, 'id' | 'dueAt' | 'command' | 'data'>;
}

const COLUMNS = 'lane, process, key, id, due_at AS "dueAt", command, data::text AS data, attempts';
const MOST_LISTED = 1000;

/**
 * The timers of one service, one row each. They fall due on the database's clock. What deletes many of them has no name: a plan is kept
 * by its name, and one that was made while there were few would go through all of them for each.
 */
export class Timers {
  private readonly table: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
    private readonly lanes: number,
  ) {
    this.table = `${schema}.timer`;
  }

  /** Makes the changes, of which the last one of a key counts, within the caller's transaction. */
  async write(client: PoolClient, changes: readonly TimerChange[]): Promise<void> {
    const last = new Map(changes.map((change) => [`${change.process} ${change.key}`, change]));
    // In one order for everybody, so that two transactions wait for each other in turn and not in a ring.
    const all = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
    const forgotten = all.filter(({ set }) => !set);
    const set = all.flatMap(({ process, key, set: timer }) => (timer ? [{ process, key, ...timer }] : []));
    if (forgotten.length > 0) await this.delete(client, forgotten);
    if (set.length > 0) await this.insert(client, set);
  }

  /** Timers of these lanes whose time has come, up to `limit` of each lane. */
  async due(lanes: readonly number[], limit: number): Promise<Timer[]> {
    const found = await this.pool.query<Timer>({
      name: `${this.table}-due`,
      text: `SELECT t.* FROM unnest($1::smallint[]) AS l(lane), LATERAL (
               SELECT ${COLUMNS} FROM ${this.table} x
               WHERE x.lane = l.lane AND x.parked_at IS NULL AND x.try_at <= now() ORDER BY x.try_at LIMIT $2) t`,
      values: [lanes, limit],
    });
    return found.rows;
  }

  /** In how many milliseconds the next timer of these lanes falls due; undefined when none waits. */
  async nextIn(lanes: readonly number[]): Promise<number | undefined> {
    const found = await this.pool.query<{ wait: number | null }>({
      name: `${this.table}-next`,
      text: `SELECT extract(epoch FROM min(t.try_at) - now())::double precision * 1000 AS wait
             FROM unnest($1::smallint[]) AS l(lane), LATERAL (
               SELECT try_at FROM ${this.table} x
               WHERE x.lane = l.lane AND x.parked_at IS NULL ORDER BY x.try_at LIMIT 1) t`,
      values: [lanes],
    });
    return found.rows[0]?.wait ?? undefined;
  }

  /** Takes away timers whose commands are carried out, unless they were set anew meanwhile. */
  async finish(timers: readonly Pick<Timer, 'lane' | 'process' | 'key' | 'id'>[]): Promise<void> {
    await this.pool.query({
      text: `DELETE FROM ${this.table} t USING unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[]) AS d(lane, process, key, id)
             WHERE t.lane = d.lane AND t.process = d.process AND t.key = d.key AND t.id = d.id`,
      values: [
        timers.map(({ lane }) => lane),
        timers.map(({ process }) => process),
        timers.map(({ key }) => key),
        timers.map(({ id }) => id),
      ],
    });
  }

  /** Notes that a timer's command failed: it is tried again after a while or, without one, parked. */
  async failed({ lane, process, key, id }: Timer, error: string, againInMs: number | undefined): Promise<void> {
    await this.pool.query(
      `UPDATE ${this.table} SET attempts = attempts + 1, error = $5, try_at = now() + coalesce($6, 0) * interval '1 millisecond',
                               parked_at = CASE WHEN $6::int IS NULL THEN now() END
       WHERE lane = $1 AND process = $2 AND key = $3 AND id = $4`,
      [lane, process, key, id, error, againInMs ?? null],
    );
  }

  /** How many timers are due, those included that are being tried again, and how many are parked. */
  async counts(): Promise<{ due: number; parked: number }> {
    const found = await this.pool.query<{ due: number; parked: number }>({
      name: `${this.table}-counts`,
      text: `SELECT (SELECT coalesce(sum(d.due), 0)::bigint FROM generate_series(0, $1::int - 1) AS l(lane), LATERAL (
                       SELECT count(*) AS due FROM ${this.table} x
                       WHERE x.lane = l.lane AND x.parked_at IS NULL AND x.try_at <= now()) d) AS due,
                    (SELECT count(*) FROM ${this.table} WHERE parked_at IS NOT NULL) AS parked`,
      values: [this.lanes],
    });
    return found.rows[0] ?? { due: 0, parked: 0 };
  }

  /** The parked timers of one process or of all, the longest parked first. */
  async parked(process?: string): Promise<ParkedTimer[]> {
    const found = await this.pool.query<ParkedTimer>(
      `SELECT ${COLUMNS}, error, parked_at AS since FROM ${this.table}
       WHERE parked_at IS NOT NULL AND process = coalesce($1, process) ORDER BY parked_at, lane, key LIMIT $2`,
      [process ?? null, MOST_LISTED],
    );
    return found.rows;
  }

  /** Lets parked timers fire again, at once; gives how many there were. */
  async again(process?: string): Promise<number> {
    const found = await this.pool.query(
      `UPDATE ${this.table} SET parked_at = NULL, attempts = 0, try_at = now()
       WHERE parked_at IS NOT NULL AND process = coalesce($1, process)`,
      [process ?? null],
    );
    return found.rowCount ?? 0;
  }

  private async delete(client: PoolClient, timers: readonly Pick<TimerChange, 'process' | 'key'>[]): Promise<void> {
    await client.query({
      text: `DELETE FROM ${this.table} t USING unnest($1::smallint[], $2::text[], $3::text[]) AS d(lane, process, key)
             WHERE t.lane = d.lane AND t.process = d.process AND t.key = d.key`,
      values: [this.lanesOf(timers), timers.map(({ process }) => process), timers.map(({ key }) => key)],
    });
  }

  private async insert(client: PoolClient, timers: readonly Omit<Timer, 'lane' | 'attempts'>[]): Promise<void> {
    await client.query({
      name: `${this.table}-set`,
      text: `INSERT INTO ${this.table} (lane, process, key, id, due_at, try_at, command, data)
             SELECT lane, process, key, id, due_at, due_at, command, data::json
             FROM unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[])
               AS t(lane, process, key, id, due_at, command, data)
             ON CONFLICT (lane, process, key) DO UPDATE
             SET id = EXCLUDED.id, due_at = EXCLUDED.due_at, try_at = EXCLUDED.try_at, command = EXCLUDED.command,
                 data = EXCLUDED.data, attempts = 0, error = NULL, parked_at = NULL`,
      values: [
        this.lanesOf(timers),
        timers.map(({ process }) => process),
        timers.map(({ key }) => key),
        timers.map(({ id }) => id),
        timers.map(({ dueAt }) => dueAt),
        timers.map(({ command }) => command),
        timers.map(({ data }) => data),
      ],
    });
  }

  private lanesOf(timers: readonly { key: string }[]): number[] {
    return timers.map(({ key }) => laneOf(key, this.lanes));
  }
}
